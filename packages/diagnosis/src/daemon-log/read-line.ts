import { unquoteGo } from './go-quoted.ts';

/** A line of the daemon's log, whatever form it was written in. */
export interface LogEntry {
  /** ISO, as the daemon wrote it; null where the line carries no time of its own. */
  time: string | null;
  level: string | null;
  message: string;
  /** The field `error`, in which newer versions put what older ones append to the message. */
  error: string | null;
  /** All others: `host`, `url`, `remote`, `digest`, `request-url`, `status`, `traceID`, `spanID`. */
  fields: ReadonlyMap<string, string>;
}

/**
 * Reads one line of dockerd's log: logrus text or logrus JSON, by itself, behind what syslog, journald's short form or
 * compose put before it, or inside the JSON that Docker Desktop, Docker's json-file driver or `journalctl -o json` wrap
 * it in. Null for what is none of these: a panic's stack, another program's line.
 *
 * Takes any text, never throws, in time linear in its length.
 */
export function readLine(line: string): LogEntry | null {
  let text = line;
  let around = null as LogEntry | null;
  for (let depth = 0; depth < 3; depth += 1) {
    const start = startOf(text);
    // What is wrapped begins with the daemon's line; further on it is quoted in somebody's message.
    if (start === null || (around && start > 0)) return around;
    const isJson = text.charAt(start) === '{';
    const entry = isJson ? readJson(text.slice(start)) : readLogrus(text, start);
    if (!entry) return around;
    // Whoever wrapped the line may know when it was written where the line does not say.
    around = { ...entry, time: entry.time ?? around?.time ?? null, fields: withComponent(entry, around) };
    if (!isJson) return around;
    text = entry.message;
  }
  return around;
}

// A forwarder's prefix is short; further on, `time=` is a part of somebody's message.
const prefixMax = 512;

function startOf(text: string): number | null {
  const head = text.slice(0, prefixMax);
  const logrus = /(?:^|[\s\]])(?=(?:time|level)=)/.exec(head);
  const json = /(?:^|\s)(?=\{\s{0,8}")/.exec(head);
  const starts = [logrus, json].flatMap((match) => (match ? [match.index + match[0].length] : []));
  return starts.length === 0 ? null : Math.min(...starts);
}

function withComponent(entry: LogEntry, around: LogEntry | null): ReadonlyMap<string, string> {
  const component = around?.fields.get('component');
  if (component === undefined || entry.fields.has('component')) return entry.fields;
  return new Map([...entry.fields, ['component', component]]);
}

const space = 0x20;

function readLogrus(line: string, start: number): LogEntry | null {
  const fields = new Map<string, string>();
  let at = start;
  while (at < line.length) {
    if (line.charCodeAt(at) <= space) {
      at += 1;
      continue;
    }
    const equals = endOfKey(line, at);
    if (equals === null) {
      at = endOfWord(line, at);
      continue;
    }
    const key = line.slice(at, equals);
    const isQuoted = line.charAt(equals + 1) === '"';
    const value = isQuoted ? unquoteGo(line, equals + 1) : wordAt(line, equals + 1);
    // logrus writes its own keys first; a field of the same name comes as `fields.msg`.
    if (!fields.has(key)) fields.set(key, value.text);
    at = value.end;
  }
  return entryOf(fields);
}

/** Where the `=` behind a key stands; null where what stands here is no key. */
function endOfKey(line: string, start: number): number | null {
  for (let at = start; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 0x3d) return at > start ? at : null;
    if (code <= space || code === 0x22) return null;
  }
  return null;
}

function endOfWord(line: string, start: number): number {
  let at = start;
  while (at < line.length && line.charCodeAt(at) > space) at += 1;
  return at;
}

function wordAt(line: string, start: number): { text: string; end: number } {
  const end = endOfWord(line, start);
  return { text: line.slice(start, end), end };
}

// Under which name each writer keeps the message, with the key that it never leaves out: logrus, Docker's json-file
// driver, journald. A registry's answer has a "message" too.
const writers = [
  { message: 'msg', beside: 'level' },
  { message: 'log', beside: 'stream' },
  { message: 'MESSAGE', beside: '__REALTIME_TIMESTAMP' },
];
const timeKeys = ['time', 'ts', '__REALTIME_TIMESTAMP'];
const ownKeys = new Set([...writers.map(({ message }) => message), ...timeKeys, 'level', 'error']);

function readJson(text: string): LogEntry | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const fields = new Map<string, string>();
  for (const [key, value] of Object.entries(read)) {
    if (typeof value === 'string') fields.set(key, value);
    else if (typeof value === 'number' || typeof value === 'boolean') fields.set(key, String(value));
  }
  return entryOf(fields);
}

function entryOf(fields: Map<string, string>): LogEntry | null {
  const writer = writers.find(({ message, beside }) => fields.has(message) && fields.has(beside));
  const message = writer && fields.get(writer.message);
  if (message === undefined) return null;
  const others = [...fields].filter(([key]) => !ownKeys.has(key));
  return {
    time: isoTime(timeKeys.map((key) => fields.get(key)).find((it) => it !== undefined)),
    level: fields.get('level') ?? null,
    message: message.replace(/[\r\n]+$/, ''),
    error: fields.get('error') ?? null,
    fields: new Map(others),
  };
}

function isoTime(text: string | undefined): string | null {
  if (text === undefined || text.length > 40) return null;
  // journald counts in microseconds
  const ms = /^\d{16}$/.test(text)
    ? Number(text) / 1000
    : /^\d{4}-/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
