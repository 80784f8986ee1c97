import type { Endpoint } from '@pull-doctor/contract/endpoint';
import type { Problem } from '@pull-doctor/contract/problem';
import type * as z from 'zod';

type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? Record<never, never> extends z.input<Schema>
    ? { [K in Name]?: z.input<Schema> }
    : { [K in Name]: z.input<Schema> }
  : Record<never, never>;

type Ask<Params, Query, Body> = Part<'params', Params> &
  Part<'query', Query> &
  Part<'body', Body> & { signal?: AbortSignal };

/** A request that was not answered as asked for: what the server says about it, or that there is no server. */
export class ApiError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Stable code of the problem, or `server-lost`, `not-an-answer`. */
  readonly code: string;
  /** What to do. */
  readonly todo: string;

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail' | 'todo'>, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.todo = problem.todo;
  }
}

/**
 * Asks the server one thing of the contract. Every request of the page goes through here.
 *
 * The answer is not checked against its schema: page and server are built from the same contract and served together
 * (build/contract-words.ts says what checking would weigh).
 *
 * @throws {ApiError} where the server refuses, fails, or cannot be reached.
 * @throws {DOMException} `AbortError`, where `signal` was used.
 */
export async function call<
  Answer extends z.ZodType,
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
>(
  endpoint: Endpoint<Params, Query, Body, Answer>,
  ask: Ask<NoInfer<Params>, NoInfer<Query>, NoInfer<Body>>,
): Promise<z.output<Answer>> {
  const { params, query, body, signal } = ask as {
    params?: Record<string, string>;
    query?: Record<string, unknown>;
    body?: unknown;
    signal?: AbortSignal;
  };
  const response = await send(addressOf(endpoint.path, params, query), {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  if (response.ok && isJson) return response.json();
  throw new ApiError(isJson ? await problemOf(response) : notAnAnswer(response.status));
}

/** `/api/v1/diagnoses/:id` with its parameters filled in and the query that is set. */
export function addressOf(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, unknown> = {},
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return search ? `${filled}?${search}` : filled;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(
      {
        status: 0,
        code: 'server-lost',
        detail: 'The Pull Doctor server does not answer.',
        todo: 'See whether it runs, and whether this browser still reaches it. The page tries again by itself.',
      },
      { cause },
    );
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const problem: Partial<Problem> = await response.json();
  return {
    type: problem.type ?? 'about:blank',
    title: problem.title ?? '',
    status: response.status,
    code: problem.code ?? 'unknown',
    detail: problem.detail ?? `The server answered ${response.status} and gave no reason.`,
    todo: problem.todo ?? "The server's log has more.",
  };
}

const notAnAnswer = (status: number) => ({
  status,
  code: 'not-an-answer',
  detail: `Something between this browser and Pull Doctor answered ${status}.`,
  todo: 'See whether a reverse proxy stands in front of Pull Doctor, and whether Pull Doctor itself runs.',
});
