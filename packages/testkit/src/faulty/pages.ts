/** Pages that are no registry's, as real servers send them. */
export const notFoundPage = nginxPage('404 Not Found');
export const badGatewayPage = nginxPage('502 Bad Gateway');
export const captivePortalPage =
  '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Accept the terms of use.</body></html>';

function nginxPage(title: string): string {
  const heading = `<head><title>${title}</title></head>`;
  return `<html>\r\n${heading}\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`;
}
