import type { Failure, FailureCode } from '@pull-doctor/contract/exchange';
import { redactText } from '@pull-doctor/contract/redact';

type Layer = Failure['layer'];

/** A failure in our own words; the message is redacted and cut to what a person reads. */
export function failure(layer: Layer, code: FailureCode, message: string): Failure {
  return { layer, code, message: redactText(message).text.slice(0, 500) };
}

/**
 * What a thrown error of the socket, TLS or HTTP layer says about the connection.
 *
 * @param layer on which the work was done; an error that belongs to a lower one says so
 */
export function failureOf(error: unknown, layer: Layer): Failure {
  const code = errorCode(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'TimeoutError') return failure('deadline', 'stopped', message);
  if (error instanceof Error && error.name === 'AbortError') return failure('deadline', 'stopped', message);
  const known = systemCodes[code];
  if (known) return failure(known.layer ?? layer, known.code, message);
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError'))
    return failure('http', 'not-http', message);
  if (isTlsError(code, message)) return failure('tls', tlsCode(code, message), tlsWords(message));
  return failure(layer, 'other', message);
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const systemCodes: Record<string, { code: FailureCode; layer?: Layer }> = {
  ECONNREFUSED: { code: 'refused' },
  ETIMEDOUT: { code: 'connect-timed-out' },
  EHOSTUNREACH: { code: 'unreachable' },
  ENETUNREACH: { code: 'unreachable' },
  ENETDOWN: { code: 'unreachable' },
  EHOSTDOWN: { code: 'unreachable' },
  EADDRNOTAVAIL: { code: 'unreachable' },
  EINVAL: { code: 'unreachable' },
  // A local firewall rule that rejects, on Linux.
  EPERM: { code: 'unreachable' },
  EACCES: { code: 'unreachable' },
  ECONNRESET: { code: 'reset' },
  ECONNABORTED: { code: 'reset' },
  EPIPE: { code: 'closed' },
  UND_ERR_SOCKET: { code: 'closed' },
  UND_ERR_CLOSED: { code: 'closed' },
  UND_ERR_DESTROYED: { code: 'stopped', layer: 'deadline' },
  UND_ERR_ABORTED: { code: 'stopped', layer: 'deadline' },
  UND_ERR_ABORT: { code: 'stopped', layer: 'deadline' },
  UND_ERR_HEADERS_TIMEOUT: { code: 'answer-timed-out' },
  UND_ERR_BODY_TIMEOUT: { code: 'answer-timed-out' },
  UND_ERR_HEADERS_OVERFLOW: { code: 'headers-too-large' },
  HPE_HEADER_OVERFLOW: { code: 'headers-too-large' },
  UND_ERR_RES_EXCEEDED_MAX_SIZE: { code: 'body-too-large' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'body-cut-short' },
  // llhttp: the connection ended inside a chunked body.
  HPE_INVALID_EOF_STATE: { code: 'body-cut-short' },
};

// OpenSSL's reasons come in the code where Node knows one (ERR_SSL_WRONG_VERSION_NUMBER), else in the message only.
function isTlsError(code: string, message: string): boolean {
  return (
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_TLS_') ||
    code === 'EPROTO' ||
    /:SSL routines:/.test(message)
  );
}

function tlsCode(code: string, message: string): FailureCode {
  const text = `${code} ${message}`.toLowerCase().replaceAll('_', ' ');
  if (/certificate required/.test(text)) return 'certificate-required';
  if (
    /wrong version number|packet length too long|record layer failure|http request|bad record type/.test(text)
  ) {
    return 'not-tls';
  }
  if (
    /unsupported protocol|protocol version|no protocols available|version too low|no shared cipher/.test(text)
  ) {
    return 'tls-protocol';
  }
  return 'tls-alert';
}

// "404D03…:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../deps/openssl/…:1601:…"
function tlsWords(message: string): string {
  const found = /:SSL routines:[^:]*:([^:]+):/.exec(message);
  return found?.[1] ?? message.trim();
}
