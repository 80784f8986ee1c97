import { readCommand } from '../recognize/read-command.ts';
import { splitCommands } from '../recognize/words.ts';
import { cutReference, dockerHub } from '../reference/grammar.ts';
import { parseReference } from '../reference/parse-reference.ts';
import type { CleanText } from './clean-text.ts';
import { canonicalName } from './image-key.ts';
import { type PlaceKind, placeKinds, places } from './image-places.ts';
import { imageOfAddress, readAddresses } from './registry-address.ts';

/** An image that a text names, and where. */
export interface ImageMention {
  /** As the text has it. */
  text: string;
  registry: string;
  repository: string;
  /** Whether it names a tag or a digest. */
  isPointed: boolean;
  /** False for what stands where an image name should and is none: the failure may be about that. */
  isValid: boolean;
  /** `registry/repository`: two mentions with the same key are about the same image. */
  key: string;
  /** In the clean text; `address` mentions are put together from a URL that stands there. */
  start: number;
  end: number;
  /** What kind of place it stands in, the one that is surest to be what failed first. */
  from: PlaceKind;
}

// Docker leaves the host out of its progress, that of every registry: "8.0: Pulling from library/mysql".
const pullingFrom = /(?:^|\s)([\w][\w.-]{0,127}): Pulling from ([a-z0-9][\w./-]{0,254})/gm;

const mentionsMax = 300;

/** Every image that the text names, in the order of the text. */
export function findImages(clean: CleanText): ImageMention[] {
  const found: ImageMention[] = [];
  for (const { from, pattern } of places) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(clean.text); match; match = pattern.exec(clean.text)) {
      const mention = mentionOf(match, from);
      if (mention) found.push(mention);
      if (found.length >= mentionsMax) break;
    }
  }
  found.push(...ofCommands(clean.text), ...ofAddresses(clean.text), ...ofProgress(clean.text));
  found.sort((a, b) => a.start - b.start || placeKinds.indexOf(a.from) - placeKinds.indexOf(b.from));
  return tellTagsApart(found);
}

/**
 * Two tags of one repository that failed are two failures: where a repository is named with several tags, the tag is
 * part of the key. A name without a tag, or with a digest alone, goes with the tag that was named first.
 */
function tellTagsApart(mentions: ImageMention[]): ImageMention[] {
  const tags = new Map<string, string[]>();
  for (const mention of mentions) {
    const tag = tagOf(mention);
    const known = tags.get(mention.key) ?? [];
    if (tag !== null && !known.includes(tag)) tags.set(mention.key, [...known, tag]);
  }
  return mentions.map((mention) => {
    const [first = '', ...others] = tags.get(mention.key) ?? [];
    return others.length === 0 ? mention : { ...mention, key: `${mention.key}:${tagOf(mention) ?? first}` };
  });
}

function tagOf({ text, from, isPointed }: ImageMention): string | null {
  if (!isPointed || from === 'loose') return null;
  return /:([^:/@]+)(?:@.*)?$/.exec(text)?.[1] ?? null;
}

/** Error sentences count before commands, commands before progress; a name with tag or digest before one without. */
export function bestMention(mentions: readonly ImageMention[]): ImageMention | null {
  let best: ImageMention | null = null;
  for (const mention of mentions) {
    if (!best || rank(mention) < rank(best)) best = mention;
  }
  return best;
}

function rank({ from, isPointed, isValid }: ImageMention): number {
  const isNamed = from === 'error' || from === 'command' || from === 'progress';
  const place = placeKinds.indexOf(from);
  return (isValid ? 0 : 100) + (isNamed ? 0 : 10 * place) + (isPointed ? 0 : 5) + place / 10;
}

function mentionOf(match: RegExpExecArray, from: PlaceKind): ImageMention | null {
  const written = match[1] ?? '';
  const tag = match[2];
  const isEncoded = /%[0-9a-f]{2}/i.test(written);
  const text = trimmed(isEncoded ? decoded(written) : written);
  const whole = tag === undefined || text.includes('@') ? text : `${text}:${trimmed(decoded(tag))}`;
  const start = match.index + match[0].indexOf(written);
  return mention(whole, start, start + (isEncoded || tag ? written.length : text.length), from);
}

function mention(text: string, start: number, end: number, from: PlaceKind): ImageMention | null {
  if (text === '' || notNames.test(text)) return null;
  const parsed = parseReference(text);
  const place = { text, start, end, from };
  if (parsed.ok) {
    const { registry, repository, digest } = parsed.reference;
    const isPointed = digest !== null || /:[^/]+$/.test(text);
    const key = canonicalName(parsed.reference);
    return { ...place, registry, repository, isPointed, isValid: true, key };
  }
  if ((from !== 'error' && from !== 'command') || !looksLikeName.test(text)) return null;
  const { host, path, tag, digest } = cutReference(text);
  // A word with a capital letter is a host to Docker; in an error text it is a user who wrote his name so.
  const registry = host !== null && /[.:]|^localhost$/.test(host) ? host : dockerHub;
  const isPointed = tag !== null || digest !== null;
  return { ...place, registry, repository: path, isPointed, isValid: false, key: `${registry}/${path}` };
}

// What somebody could have taken for an image name: nothing blanked, nothing with a variable in it.
const looksLikeName = /^[A-Za-z0-9][\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?:[:@][\w.:-]+)?$/;

// Words that stand where a name could, and a digest by itself.
const notNames =
  /^(?:image|images|manifest|the|a|an|and|from|for|to|of|in|it|with|by|as|at|on|is|was|this|that|scratch|repository|registry|error|failed|layer|layers|blob|config|all|your|host|configuration|config|docker|daemon|sha256:[a-f0-9]+|[0-9.]+s?|https?:.*)$/i;

function trimmed(text: string): string {
  return text
    .replace(/^[`"'*]+/, '')
    .replace(/[`"'*.,;:)]+$/, '')
    .replace(/\.{2,}$/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const program =
  /(?:^|([\s`$#>"'(/]))((?:[Dd]ocker|podman|nerdctl|crictl|ctr|skopeo|buildah|k3s|kubectl|crane|helm)(?:\.exe)? [^\n`]{1,600})/g;
const commandsMax = 40;

function ofCommands(text: string): ImageMention[] {
  const found: ImageMention[] = [];
  let read = 0;
  program.lastIndex = 0;
  for (let match = program.exec(text); match && read < commandsMax; match = program.exec(text), read += 1) {
    const quote = /["'`]/.test(match[1] ?? '') ? match[1] : undefined;
    const whole = match[2] ?? '';
    // A command that is quoted in a sentence ends with its quotation mark.
    const line = quote ? whole.slice(0, (whole + quote).indexOf(quote)) : whole;
    const base = match.index + match[0].length - whole.length;
    const [words] = splitCommands(line.replace(/^Docker/, 'docker'));
    const command = words && readCommand(words);
    if (!command?.image) continue;
    const name = command.image.text.replace(/^docker:\/\//, '');
    const start = base + command.image.start + (command.image.text.length - name.length);
    const one = mention(trimmed(name), start, start + trimmed(name).length, 'command');
    if (one) found.push(one);
    // A command ends where the next one begins, and words of a sentence are none.
  }
  return found;
}

function ofProgress(text: string): ImageMention[] {
  const found: ImageMention[] = [];
  const isOfDockerHub = /docker\.(?:io|com)\b/.test(text);
  pullingFrom.lastIndex = 0;
  for (let match = pullingFrom.exec(text); match; match = pullingFrom.exec(text)) {
    const [whole, tag = '', path = ''] = match;
    if (!path.startsWith('library/') && !isOfDockerHub) continue;
    const start = match.index + whole.lastIndexOf(path);
    const one = mention(`${path}:${tag}`, start, start + path.length, 'loose');
    if (one) found.push(one);
    if (found.length === mentionsMax) break;
  }
  return found;
}

function ofAddresses(text: string): ImageMention[] {
  return readAddresses(text).flatMap((address) => {
    const image = imageOfAddress(address);
    return image ? (mention(image, address.start, address.end, 'address') ?? []) : [];
  });
}
