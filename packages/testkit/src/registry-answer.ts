import type { ServerResponse } from 'node:http';

type Headers = Record<string, string | number | string[]>;

const apiVersion = { 'docker-distribution-api-version': 'registry/2.0' };

/** The error envelope of the OCI distribution specification, as the product distribution writes it. */
export function answerError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Headers = {},
  detail?: unknown,
) {
  const body = JSON.stringify({ errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] });
  answer(response, status, 'application/json', `${body}\n`, { ...apiVersion, ...headers });
}

export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Headers = {}) {
  answer(response, status, 'application/json', JSON.stringify(value), headers);
}

/** Any answer with a known length. A HEAD request gets the same headers and no body. */
export function answer(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer = '',
  headers: Headers = {},
) {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length, ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** GET /v2/ of a registry that lets the caller in. */
export function answerPing(response: ServerResponse, headers: Headers = {}) {
  answer(response, 200, 'application/json', '{}', { ...apiVersion, ...headers });
}
