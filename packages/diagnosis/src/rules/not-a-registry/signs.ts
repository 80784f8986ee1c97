import type { Sign } from '../../message/sign.ts';

export const signs: readonly Sign[] = [
  {
    says: /error parsing HTTP (?:200|30\d|404) response body: invalid character '<'/,
    seenIn: 'dockerd up to 27',
    line: "error parsing HTTP 404 response body: invalid character '<' looking for beginning of value: \"<html>\\r\\n",
    weight: 'proves',
  },
  {
    says: /unknown: <(?:html|!doctype)/i,
    seenIn: 'dockerd 28',
    line: 'unknown: <html>',
    weight: 'proves',
  },
  {
    says: /error unmarshalling content: invalid character '<'|unable to decode token response: invalid character '<'/,
    seenIn: 'dockerd, containerd',
    line: "error unmarshalling content: invalid character '<' looking for beginning of value",
    weight: 'proves',
  },
  {
    says: /unexpected media type text\/html/,
    seenIn: 'containerd',
    line: 'failed to unpack image on snapshotter overlayfs: unexpected media type text/html for sha256:2d200101',
    weight: 'proves',
  },
  {
    says: /tls: first record does not look like a TLS handshake/,
    seenIn: 'dockerd, containerd',
    line: 'Get "https://ssh.lab.test/v2/": tls: first record does not look like a TLS handshake',
    weight: 'fits',
  },
];
