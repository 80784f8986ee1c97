import type { Recognition } from '@pull-doctor/contract/recognition';
import { readMessage } from '../message/read-message.ts';
import { canonical, familiar } from '../reference/names.ts';
import { parseReference } from '../reference/parse-reference.ts';
import { type FoundImage, fromLines, imageLines, workflowLines } from './lines.ts';
import { readPlatform } from './platform-text.ts';
import { blankPrompts } from './prompt.ts';
import { isClientCommand, type ReadCommand, readCommand } from './read-command.ts';
import { type SimpleCommand, splitCommands, type Word } from './words.ts';

type Kind = Recognition['kind'];

/**
 * What a person gave: a reference, a command line, a line of a file, an error text, or something else, and the image in
 * it.
 *
 * Asks nobody, never throws. `reference` is null where the text names no image or more than one, and where the name is
 * wrong; then `problems` says what and where. An error text may name no image, and that is no problem. All offsets count
 * UTF-16 units of the input. White space around a lone reference is a problem, as it is for Docker, except for line
 * ends, which come along when text is copied.
 */
export function recognize(input: string): Recognition {
  return (
    dockerfile(input) ??
    yaml(input) ??
    workflow(input) ??
    commandLine(input) ??
    errorText(input, null) ??
    bareReference(input) ??
    nothing('text')
  );
}

function dockerfile(input: string): Recognition | null {
  const images = fromLines(input);
  return images.length === 0 || looksLikeOutput(input) ? null : oneOf('dockerfile', images);
}

function yaml(input: string): Recognition | null {
  const images = imageLines(input);
  if (images.length === 0 || looksLikeOutput(input)) return null;
  const isKubernetes =
    /^[ \t]*(?:-[ \t]+)?(?:apiVersion|kind|containers|initContainers|imagePullPolicy|imagePullSecrets)[ \t]*:/m.test(
      input,
    ) || /^[ \t]*-[ \t]+(?:image|name)[ \t]*:/m.test(input);
  const asFile = oneOf(isKubernetes ? 'kubernetes' : 'compose', images);
  // `kubectl get pod -o yaml`: what is in its status has failed already.
  return isStatus(input) ? (errorText(input, asFile) ?? asFile) : asFile;
}

function workflow(input: string): Recognition | null {
  const images = workflowLines(input);
  return images.length === 0 || looksLikeOutput(input) ? null : oneOf('text', images);
}

function commandLine(input: string): Recognition | null {
  const commands = splitCommands(blankPrompts(input));
  const read = commands.flatMap((command) => readCommand(command) ?? []);
  const best = read.find(({ image }) => image !== null) ?? read[0];
  if (best === undefined) return null;
  const kind = onlyCommands(commands) ? 'command' : 'text';
  const asCommand = ofCommands(kind, best, read);
  // A command with the output that it gave.
  return kind === 'command' ? asCommand : errorText(input, asCommand);
}

function ofCommands(kind: Kind, best: ReadCommand, read: readonly ReadCommand[]): Recognition {
  const named = read.flatMap(({ image }) => (image ? [image] : []));
  if (new Set(named.map(({ text }) => text)).size > 1)
    return several(kind, best.client, named[1]?.start ?? 0, named.length);
  if (best.image) return ofCommand(kind, best, best.image);
  const problems = best.missing ? [problem(best.missing.what, best.missing.at, null)] : [];
  return { ...nothing(kind), client: best.client, platform: platformOf(best), problems };
}

/**
 * A text that tells of a failure, in known words or of an image. The words before the output (a command, a file) name
 * the image where the failure does not, and what is wrong with its name.
 */
function errorText(input: string, before: Recognition | null): Recognition | null {
  // One word is a name, whatever else it may mean.
  if (!/\s/.test(input.trim())) return null;
  const reading = readMessage(input);
  const base = {
    ...nothing('error'),
    client: reading.client ?? before?.client ?? null,
    platform: reading.platform ?? before?.platform ?? null,
  };
  if (reading.image !== null) {
    const { start, end } = reading.imageAt ?? { start: 0, end: 0 };
    const named = readName(reading.image, start, end, (at) => Math.min(start + at, end));
    return { ...base, ...named, span: reading.imageAt };
  }
  if (before?.span)
    return { ...before, ...base, span: before.span, reference: before.reference, problems: before.problems };
  return reading.causes.every(({ cause }) => cause === 'unknown') ? null : base;
}

function ofCommand(kind: Kind, command: ReadCommand, image: Word): Recognition {
  const transport = command.transports ? (/^docker:\/\//.exec(image.text)?.[0].length ?? 0) : 0;
  const name = image.text.slice(transport);
  const offsets = image.offsets.slice(transport);
  const start = offsets[0] ?? image.start;
  const end = (offsets.at(-1) ?? image.end - 1) + 1;
  const base = { ...nothing(kind), client: command.client, platform: platformOf(command) };
  const local = command.transports ? localTransport(name) : null;
  if (local) return { ...base, span: { start, end }, problems: [problem(local, start, null)] };
  return { ...base, ...readName(name, start, end, (at) => offsets[at] ?? end) };
}

function platformOf({ platform }: ReadCommand): string | null {
  return platform === null ? null : readPlatform(platform);
}

function localTransport(name: string): string | null {
  const transport =
    /^(containers-storage|docker-daemon|docker-archive|oci-archive|oci|dir|sif|tarball):/.exec(name)?.[1];
  return transport === undefined
    ? null
    : `"${transport}:" names an image on this host, not one in a registry.`;
}

/** One line without white space inside, or with white space that can only be a slip. */
function bareReference(input: string): Recognition | null {
  const start = input.search(/[^\r\n]/);
  if (start < 0) return { ...nothing('reference'), ...readName('', 0, 0, () => 0) };
  let end = input.length;
  while (/[\r\n]/.test(input.charAt(end - 1))) end -= 1;
  const name = input.slice(start, end);
  const parsed = parseReference(name);
  const isName = !/\s/.test(name.trim()) || (!parsed.ok && parsed.fault.fix !== null);
  if (!isName) return null;
  return { ...nothing('reference'), ...readName(name, start, end, (at) => start + at) };
}

function oneOf(kind: Kind, images: readonly FoundImage[]): Recognition {
  const [image] = images;
  if (image === undefined) return nothing(kind);
  const other = images.find(({ text }) => text !== image.text);
  if (other) return several(kind, null, other.start, new Set(images.map(({ text }) => text)).size);
  const end = image.start + image.text.length;
  const platform = image.platform === null ? null : readPlatform(image.platform);
  return { ...nothing(kind), platform, ...readName(image.text, image.start, end, (at) => image.start + at) };
}

function several(kind: Kind, client: string | null, at: number, count: number): Recognition {
  const what = `There are ${count} images here; one is diagnosed at a time.`;
  return { ...nothing(kind), client, problems: [problem(what, at, null)] };
}

function readName(name: string, start: number, end: number, place: (at: number) => number) {
  const parsed = parseReference(name);
  const span = { start, end };
  if (!parsed.ok) {
    const { what, at, fix } = parsed.fault;
    return { reference: null, span, problems: [problem(what, place(at), fix)] };
  }
  const { reference } = parsed;
  return {
    reference: { ...reference, canonical: canonical(reference), familiar: familiar(reference) },
    span,
    problems: [],
  };
}

function problem(what: string, at: number, fix: string | null): Recognition['problems'][number] {
  return { cause: 'invalid-reference', what, at, fix };
}

function nothing(kind: Kind): Recognition {
  return { kind, client: null, platform: null, reference: null, span: null, problems: [] };
}

/** Whether a text is made of commands only, and not of a command with the output that it gave. */
function onlyCommands(commands: readonly SimpleCommand[]): boolean {
  const [first, ...rest] = commands;
  if (first === undefined || rest.length === 0) return true;
  return rest.every((command) => isClientCommand(command) || isShellCommand(command));
}

const shellCommands = new Set(
  'cd echo export set source . if then fi do done for while exit true test mkdir cat aws gcloud az gh glab oc tee grep sleep'.split(
    ' ',
  ),
);

function isShellCommand([program]: SimpleCommand): boolean {
  return (
    program !== undefined &&
    (shellCommands.has(program.text) || /^[A-Za-z_][A-Za-z0-9_]*=/.test(program.text))
  );
}

/** Whether a YAML document tells what became of it, and not only what is wanted. */
function isStatus(input: string): boolean {
  return /^[ \t]*(?:-[ \t]+)?(?:message|reason|status)[ \t]*:/im.test(input);
}

/** Log lines quote files, so an `image:` or FROM in them is not the whole story. */
function looksLikeOutput(input: string): boolean {
  return /^(?:Error|ERROR|error|time=|level=|WARN|Failed)\b|^ => |Error response from daemon/m.test(input);
}
