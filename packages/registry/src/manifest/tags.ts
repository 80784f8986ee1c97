import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { distance } from 'fastest-levenshtein';
import * as z from 'zod';
import type { Asked, Asker } from '../http/asker.ts';
import { parseJson } from '../http/body.ts';
import { headersOf } from '../http/raw-headers.ts';
import type { Authorization } from '../token/tokens.ts';

export interface TagList {
  /** Whether the repository exists, as far as this list tells. */
  exists: ManifestEvidence['repository'];
  tags: NonNullable<ManifestEvidence['tags']> | null;
}

const pagesMax = 3;
const pageBytesMax = 1024 * 1024;
const pageSize = 1_000;
const nearMax = 5;

const Page = z.object({ tags: z.array(z.string()).nullable().optional() });

/**
 * The tags of a repository, three pages at most, and those that are close to the one that was asked for.
 *
 * @param repository `https://host/v2/NAME/`
 */
export async function listTags(
  asker: Asker,
  repository: URL,
  authorization: Authorization,
  wanted: string,
): Promise<TagList> {
  const ask = (url: URL) =>
    asker.ask({
      method: 'GET',
      url,
      accept: 'application/json',
      authorization,
      bytesMax: pageBytesMax,
      longer: 'is-cut',
      redirects: 'followed',
      showsBody: false,
    });
  let page = await ask(new URL(`tags/list?n=${pageSize}`, repository));
  // Some registries refuse a size that they do not like: ECR says 405 above 1000, others 400.
  if (page.status === 405 || page.status === 400) page = await ask(new URL('tags/list', repository));
  const first = page;
  if (page.status !== 200) return { exists: readRefusal(page), tags: null };

  const seen = new Set<string>();
  let isComplete = false;
  for (let pages = 1; ; pages += 1) {
    const { names, isWhole } = namesIn(page.body);
    for (const name of names) if (name.length <= 128) seen.add(name);
    const next = isWhole ? nextPage(page, repository) : null;
    isComplete = isWhole && next === null;
    if (!next || pages >= pagesMax) break;
    page = await ask(next);
    if (page.status !== 200) break;
  }
  const all = [...seen];
  return {
    exists:
      all.length > 0
        ? { exists: 'yes', why: 'Its list of tags was read.' }
        : { exists: 'yes', why: 'The registry answers with a list of tags, and it is empty.' },
    tags: { seen: all.length, complete: isComplete, near: nearest(wanted, all), exchange: first.exchange },
  };
}

/** Tags that may have been meant, best first. For a missing `latest`, where nothing is close, the newest versions. */
export function nearest(wanted: string, tags: readonly string[]): string[] {
  const bare = withoutPrefix(wanted);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const scored = tags.flatMap((tag) => {
    if (tag === wanted) return [];
    const apart = Math.min(distance(wanted, tag), distance(bare, withoutPrefix(tag)));
    // 1.25 → 1.25.3, 1.25-alpine: what was asked for is the beginning of what is there.
    const begins =
      bare.length > 0 &&
      withoutPrefix(tag).startsWith(bare) &&
      /^[.\-_]/.test(withoutPrefix(tag).slice(bare.length));
    const score = begins ? Math.min(apart, 1) : apart;
    return score <= limit ? [{ tag, score }] : [];
  });
  scored.sort((a, b) => a.score - b.score || a.tag.length - b.tag.length || byVersion(b.tag, a.tag));
  if (scored.length > 0 || wanted !== 'latest') return scored.slice(0, nearMax).map(({ tag }) => tag);
  return tags
    .filter((tag) => /^v?\d+(?:\.\d+)*$/.test(tag))
    .sort((a, b) => byVersion(b, a))
    .slice(0, nearMax);
}

const versions = new Intl.Collator('en', { numeric: true });

function byVersion(one: string, other: string): number {
  return versions.compare(withoutPrefix(one), withoutPrefix(other));
}

function withoutPrefix(tag: string): string {
  return tag.toLowerCase().replace(/^(?:v|release-|version-)(?=\d)/, '');
}

/** A page that was cut at the limit is no JSON any more; the names before the cut are good. */
function namesIn(body: Buffer): { names: string[]; isWhole: boolean } {
  const page = Page.safeParse(parseJson(body));
  if (page.success) return { names: page.data.tags ?? [], isWhole: true };
  const text = body.toString('utf8');
  const list = text.slice(Math.max(0, text.indexOf('"tags"') + 6));
  const names = [...list.matchAll(/"([\w][\w.-]{0,127})"/g)].map(([, name]) => name ?? '');
  return { names, isWhole: false };
}

/** RFC 8288: `<…>; rel="next"`. Only to the same repository on the same origin. */
function nextPage(page: Asked, repository: URL): URL | null {
  const link = headersOf(page.headers, 'link').join(', ').slice(0, 4_096);
  const target = /<([^<>]*)>\s*;\s*rel="?next"?/i.exec(link)?.[1];
  if (!target || !URL.canParse(target, page.url.href)) return null;
  const next = new URL(target, page.url.href);
  return next.origin === repository.origin && next.pathname.endsWith('/tags/list') ? next : null;
}

function readRefusal(page: Asked): ManifestEvidence['repository'] {
  const said = page.exchange.answer?.errors[0];
  const codes = page.exchange.answer?.errors.map(({ code }) => code.toUpperCase()) ?? [];
  if (codes.includes('NAME_UNKNOWN')) {
    return {
      exists: 'no',
      why: `The registry says ${said?.code}: ${said?.message || 'no such repository'}.`,
    };
  }
  if (page.failure) return { exists: 'unknown', why: 'The list of tags got no answer.' };
  return { exists: 'unknown', why: `The list of tags was answered with ${page.status}.` };
}
