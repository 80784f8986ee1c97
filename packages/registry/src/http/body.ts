import type { Answer, RegistryError } from '@pull-doctor/contract/exchange';
import * as z from 'zod';
import type { Scrubber } from './scrub.ts';

/** What kind of body this is, by its bytes more than by its label: error pages of proxies carry any label. */
export function bodyKind(body: Buffer, contentType: string): Answer['bodyKind'] {
  if (body.length === 0) return 'none';
  const start = body.subarray(0, 2_048);
  if (start.includes(0)) return 'binary';
  const text = start
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^(?:<!doctype html|<html|<head|<body|<!--)/i.test(text)) return 'html';
  if (/^[{[]/.test(text) && (/json/i.test(contentType) || parseJson(body) !== undefined)) return 'json';
  if (/html/i.test(contentType) && text.startsWith('<')) return 'html';
  const odd = [...start].filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return odd > start.length / 20 ? 'binary' : 'text';
}

/** The value of a JSON body; undefined where it is none. Bytes that are not UTF-8 become the replacement character. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const errorsMax = 10;
const text = z.string().catch('');
const Entry = z.object({
  code: z.union([z.string(), z.number().transform(String)]).catch(''),
  status: z.number().optional().catch(undefined),
  message: text,
  detail: z.unknown().optional(),
});
const Envelope = z.object({ errors: z.array(z.unknown()).min(1) });
// Docker Hub's token server: {"details": …}; OAuth 2: {"error": …, "error_description": …}; and others {"message": …}.
const Lone = z.object({
  code: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
});

/** The errors of a body: those of the distribution specification's envelope, or the closest thing in use instead. */
export function errorsOf(body: Buffer, scrubber: Scrubber): RegistryError[] {
  const value = parseJson(body);
  const clean = (code: string, message: string): RegistryError => ({
    code: scrubber.text(code, 100),
    message: scrubber.text(message, 1_000),
  });
  const envelope = Envelope.safeParse(value);
  if (envelope.success) {
    return envelope.data.errors.slice(0, errorsMax).flatMap((raw) => {
      const entry = Entry.safeParse(raw);
      if (!entry.success) return typeof raw === 'string' ? [clean('', raw)] : [];
      const { code, status, message, detail } = entry.data;
      const said = message || (typeof detail === 'string' ? detail : '');
      return code || said ? [clean(code || (status === undefined ? '' : String(status)), said)] : [];
    });
  }
  const lone = Lone.safeParse(value);
  if (!lone.success) return [];
  const { code, error, error_description, message, details, detail } = lone.data;
  const said = error_description ?? message ?? details ?? detail ?? (code === undefined ? undefined : error);
  const named = code ?? error;
  return named !== undefined || said !== undefined ? [clean(named ?? '', said ?? '')] : [];
}
