import type { Problem } from '@pull-doctor/contract/problem';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Fault } from '../fault.ts';
import type { FaultCode } from '../fault-codes.ts';

/** Every error leaves as application/problem+json (RFC 9457): what happened, why, what to do. */
export function addFaults(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = asProblem(error);
    if (problem.status >= 500) request.log.error({ err: error }, problem.code);
    return sendProblem(reply, problem);
  });
}

/** For what fails before any route is found, such as an address that cannot be decoded. */
export function answerFrameworkError(error: FastifyError, _request: FastifyRequest, reply: FastifyReply) {
  sendProblem(reply, asProblem(error));
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem);
}

export function problem(code: FaultCode, status: number, detail: string, todo: string): Problem {
  return { type: `/api/docs#problem-${code}`, title: titles[status] ?? 'Error', status, code, detail, todo };
}

const titles: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible now',
  413: 'Too large',
  415: 'Wrong content type',
  429: 'Too many requests',
  500: 'Pull Doctor failed',
  503: 'Not available now',
};

const partNames: Record<string, string> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'headers',
};

function asProblem(error: FastifyError | Fault): Problem {
  if (error instanceof Fault) return problem(error.code, error.status, error.message, error.todo);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const where = first?.instancePath.replace(/^\//, '').replaceAll('/', '.');
    const part = partNames[error.validationContext ?? 'body'] ?? 'request';
    return problem(
      'invalid-request',
      400,
      `${where ? `"${where}" in the ${part}` : `The ${part}`} has not the form that is expected: ${first?.message ?? error.message}.`,
      'Correct the request; /api/docs shows its form.',
    );
  }
  switch (error.code) {
    case 'FST_ERR_BAD_URL':
      return problem(
        'bad-request',
        400,
        'The address cannot be decoded: a percent sign in it begins no UTF-8 character.',
        'Correct the address; /api/docs lists every one.',
      );
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return problem(
        'too-large',
        413,
        'The request is larger than 512 KB, or than 8 MB where pulls are reported.',
        'Send at most 64 KB of text, or fewer reports at once.',
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return problem(
        'wrong-content-type',
        415,
        'The body is not JSON.',
        'Send content-type: application/json.',
      );
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return problem(
        'invalid-json',
        400,
        'The body is not valid JSON.',
        'Send a JSON object; /api/docs shows its form.',
      );
  }
  // The static files refuse empty and dotted parts of a path like this; to a caller there is just nothing.
  if (error.statusCode === 403 || error.statusCode === 404)
    return problem(
      'no-such-address',
      404,
      'There is nothing at this address.',
      '/api/docs lists every address.',
    );
  if (error.statusCode && error.statusCode < 500)
    return problem(
      'bad-request',
      error.statusCode,
      error.message,
      'Correct the request; /api/docs shows its form.',
    );
  return problem(
    'internal-error',
    500,
    'Pull Doctor failed at its own work; this says nothing about the registry.',
    'Try again; if it stays, the log has the reason.',
  );
}
