import type * as z from 'zod';

type Schema = z.ZodType;

/** Who may call: nobody is asked for anything (`open`), or a signed-in person or token (`signed-in`). */
export type Audience = 'open' | 'signed-in';

export interface Endpoint<
  Params extends Schema | undefined = Schema | undefined,
  Query extends Schema | undefined = Schema | undefined,
  Body extends Schema | undefined = Schema | undefined,
  Answer extends Schema = Schema,
> {
  method: 'GET' | 'POST' | 'DELETE';
  /** With `:name` for parameters. */
  path: string;
  summary: string;
  audience: Audience;
  params?: Params;
  query?: Query;
  body?: Body;
  /** The status of the answer, where it is not 200. */
  status?: number;
  /** Further statuses that carry the same answer, such as 202 for "started". */
  alsoStatus?: readonly number[];
  answer: Answer;
}

/** One message of the API: validation, types, documentation and the page's client all come from it. */
export function endpoint<
  Answer extends Schema,
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(definition: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return definition;
}
