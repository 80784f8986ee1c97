import { quote } from '../reference/quote.ts';
import { type ClientShape, type CommandShape, clients, wrappers } from './command-shapes.ts';
import { restOfWord, type SimpleCommand, type Word } from './words.ts';

/** A command line that was understood as far as its image goes. */
export interface ReadCommand {
  client: string;
  /** As typed after `--platform`, or put together from `--os` and `--arch`. */
  platform: string | null;
  image: Word | null;
  /** Why no image was found: a sentence, and its place in the input. */
  missing: { what: string; at: number } | null;
  transports: boolean;
}

/** Reads one command; null where it is not one of a known program and has no `--image`. */
export function readCommand(command: SimpleCommand): ReadCommand | null {
  const words = dropWrappers(command);
  const [program] = words;
  // "docker" by itself is an image name
  if (program === undefined || command.length === 1) return null;
  const name = programName(program.text);
  const client = clients.get(name);
  if (client) return readClient(name, client, words.slice(1), endOf(words));
  if (name === 'docker-compose' || name === 'podman-compose') return composeCommand(name, words);
  return readAnyProgram(name, words.slice(1));
}

/** Whether a command begins with a program whose command lines are understood. */
export function isClientCommand(command: SimpleCommand): boolean {
  const [program] = dropWrappers(command);
  const name = program === undefined ? '' : programName(program.text);
  return clients.has(name) || name === 'docker-compose' || name === 'podman-compose';
}

function readClient(name: string, client: ClientShape, words: Word[], end: number): ReadCommand {
  const globals = takeOptions(words, client.globals, true);
  const rest = globals.rest;
  if (rest[0]?.text === 'compose') return composeCommand(name, rest);
  const shape = client.commands.find(({ words }) => startsWith(rest, words));
  const found = { client: name, transports: client.transports };
  const verb = rest[0]?.text.slice(0, 40) ?? '';
  const nothing = {
    what: `${quote(`${name} ${verb}`.trim())} names no image to pull.`,
    at: rest[0]?.start ?? end,
  };
  if (!shape) return { ...found, platform: null, image: null, missing: nothing };
  const after = rest.slice(shape.words === '' ? 0 : shape.words.split(' ').length);
  const { positionals, options } = takeOptions(after, shape.values, shape.endsAtImage);
  const all = new Map([...globals.options, ...options]);
  const image = pickImage(shape, positionals, all);
  const missing =
    shape.words === ''
      ? nothing
      : { what: `There is no image name after ${quote(`${name} ${shape.words}`)}.`, at: end };
  return { ...found, platform: platformOption(all), image, missing: image ? null : missing };
}

function pickImage(shape: CommandShape, positionals: Word[], options: Options): Word | null {
  if (shape.image === 'option') return options.get('--image') ?? null;
  if (shape.image !== 'pairs') return positionals[shape.image] ?? null;
  const pair = positionals.find(({ text }) => text.includes('='));
  return pair ? restOfWord(pair, pair.text.indexOf('=') + 1) : null;
}

function platformOption(options: Options): string | null {
  const platform = options.get('--platform');
  if (platform) return platform.text;
  const os = (options.get('--os') ?? options.get('--override-os'))?.text ?? 'linux';
  const arch = (options.get('--arch') ?? options.get('--override-arch'))?.text;
  const variant = (options.get('--variant') ?? options.get('--override-variant'))?.text;
  return arch === undefined ? null : [os, arch, variant].filter((part) => part !== undefined).join('/');
}

function composeCommand(client: string, words: Word[]): ReadCommand {
  const what =
    'Compose takes the image names from its file. The "image:" line of the service says which one is pulled.';
  return {
    client,
    platform: null,
    image: null,
    transports: false,
    missing: { what, at: words[0]?.start ?? 0 },
  };
}

/** `gcloud run deploy app --image x`: any program may name an image so. */
function readAnyProgram(client: string, words: Word[]): ReadCommand | null {
  const { options } = takeOptions(words, new Set(['--image', '--platform']), false);
  const image = options.get('--image');
  return image
    ? { client, platform: options.get('--platform')?.text ?? null, image, missing: null, transports: false }
    : null;
}

type Options = ReadonlyMap<string, Word>;

/** Takes options apart as pflag does: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-it`, and `--`. */
function takeOptions(words: Word[], values: ReadonlySet<string>, stopAtArgument: boolean) {
  const options = new Map<string, Word>();
  const positionals: Word[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index];
    if (word === undefined) break;
    if (word.text === '--') {
      positionals.push(...words.slice(index + 1));
      return { options, positionals, rest: positionals };
    }
    if (!word.text.startsWith('-') || word.text === '-') {
      if (stopAtArgument) break;
      positionals.push(word);
      index += 1;
      continue;
    }
    const { name, attached } = optionOf(word, values);
    const takesNext = attached === null && values.has(name);
    const value = takesNext ? words[index + 1] : attached;
    if (value) options.set(name, value);
    index += takesNext ? 2 : 1;
  }
  const rest = words.slice(index);
  return { options, positionals: stopAtArgument ? rest : positionals, rest };
}

function optionOf(word: Word, values: ReadonlySet<string>): { name: string; attached: Word | null } {
  const equals = word.text.indexOf('=');
  if (word.text.startsWith('--') || values.has(word.text))
    return equals < 0
      ? { name: word.text, attached: null }
      : { name: word.text.slice(0, equals), attached: restOfWord(word, equals + 1) };
  // a cluster of short switches, the last of which may take a value: -it, -dp 80:80, -p80:80
  for (let index = 1; index < word.text.length; index++) {
    const name = `-${word.text.charAt(index)}`;
    if (!values.has(name)) continue;
    const rest = restOfWord(word, index + 1);
    return { name, attached: rest.text === '' ? null : rest };
  }
  return { name: word.text, attached: null };
}

/** Without `sudo`, `env A=b`, `timeout 30` and the like. */
function dropWrappers(command: SimpleCommand): SimpleCommand {
  let words = command;
  for (let turn = 0; turn < 12; turn++) {
    const [first] = words;
    if (first === undefined) return [];
    if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(first.text)) {
      words = words.slice(1);
      continue;
    }
    const values = wrappers.get(programName(first.text));
    if (values === undefined) return words;
    words = takeOptions(words.slice(1), values, true).rest;
    if (programName(first.text) === 'timeout') words = words.slice(1);
  }
  return words;
}

/** `docker` for `/usr/bin/docker` and `docker.exe`. */
function programName(text: string): string {
  return text.replace(/^.*[/\\]/s, '').replace(/\.exe$/i, '');
}

function startsWith(words: Word[], shape: string): boolean {
  return shape === '' || shape.split(' ').every((part, index) => words[index]?.text === part);
}

function endOf(words: Word[]): number {
  return words.at(-1)?.end ?? 0;
}
