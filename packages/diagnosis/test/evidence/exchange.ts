import type { Exchange, Failure, RegistryError } from '@pull-doctor/contract/exchange';

export const now = '2026-11-24T14:32:08.000Z';

type Answer = NonNullable<Exchange['answer']>;
type Credential = Exchange['request']['credential'];

export interface AnswerOptions {
  url?: string;
  method?: Exchange['request']['method'];
  credential?: Credential;
  headers?: Record<string, string>;
  errors?: RegistryError[];
  /** A web page or plain text instead of JSON. */
  html?: string;
  text?: string;
  redirects?: Exchange['redirects'];
}

/** A request that was answered. */
export function answered(status: number, options: AnswerOptions = {}): Exchange {
  const body: Pick<Answer, 'bodyKind' | 'excerpt'> = options.html
    ? { bodyKind: 'html', excerpt: options.html }
    : options.text
      ? { bodyKind: 'text', excerpt: options.text }
      : { bodyKind: options.method === 'HEAD' ? 'none' : 'json', excerpt: '' };
  return {
    ...request(options),
    answer: {
      status,
      headers: Object.entries(options.headers ?? {}).map(([name, value]) => ({ name, value })),
      bytes: body.excerpt.length,
      errors: options.errors ?? [],
      ...body,
    },
    failure: null,
    redirects: options.redirects ?? [],
  };
}

/** A request to which no answer came. */
export function unanswered(
  layer: Failure['layer'],
  code: Failure['code'],
  options: AnswerOptions & { message?: string } = {},
): Exchange {
  return {
    ...request(options),
    answer: null,
    failure: failure(layer, code, options.message),
    redirects: options.redirects ?? [],
  };
}

export function failure(layer: Failure['layer'], code: Failure['code'], message: string = code): Failure {
  return { layer, code, message };
}

function request(options: AnswerOptions): Pick<Exchange, 'request' | 'at' | 'ms'> {
  return {
    request: {
      method: options.method ?? 'GET',
      url: options.url ?? 'https://registry.corp.example/v2/',
      headers: [],
      credential: options.credential ?? 'none',
    },
    at: now,
    ms: 4,
  };
}
