/** A word of a command line: its text without quotes and escapes, and where each character stands in the input. */
export interface Word {
  text: string;
  /** Input offset of each UTF-16 unit of `text`. */
  offsets: readonly number[];
  /** The word in the input, quotes included. */
  start: number;
  end: number;
}

/** The commands of a text: split at line ends, `;`, `|`, `&` and brackets, each into its words. */
export type SimpleCommand = Word[];

interface Open {
  text: string[];
  offsets: number[];
  start: number;
}

/**
 * Splits a text into commands and words as a POSIX shell does, with the offsets that shell-quote does not give.
 * Nothing is expanded: `$TAG` and `$(date)` stay as they are written, so that they can be pointed at. Line ends behind a
 * backslash, a PowerShell backtick or a cmd caret are no line ends. Quotes that are never closed end with the text.
 */
export function splitCommands(input: string): SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let command: SimpleCommand = [];
  let open: Open | null = null;
  let skipNext = false;

  const put = (from: number, to: number) => {
    open ??= { text: [], offsets: [], start: from };
    for (let at = from; at < to; at++) {
      open.text.push(input.charAt(at));
      open.offsets.push(at);
    }
  };
  const endWord = (at: number) => {
    if (open && !skipNext)
      command.push({ text: open.text.join(''), offsets: open.offsets, start: open.start, end: at });
    if (open) skipNext = false;
    open = null;
  };
  const endCommand = (at: number) => {
    endWord(at);
    skipNext = false;
    if (command.length > 0) commands.push(command);
    command = [];
  };

  let at = 0;
  while (at < input.length) {
    const character = input.charAt(at);
    const continued = /[\\`^]\r?\n/y;
    continued.lastIndex = at;
    if (continued.test(input)) {
      endWord(at);
      at = continued.lastIndex;
    } else if (character === '\n') {
      endCommand(at);
      at += 1;
    } else if (/\s/.test(character)) {
      endWord(at);
      at += 1;
    } else if (character === '#' && open === null) {
      at = indexOrEnd(input, '\n', at);
    } else if (character === "'" || character === '"') {
      open ??= { text: [], offsets: [], start: at };
      at = takeQuoted(input, at, put);
    } else if (character === '\\' && at + 1 < input.length) {
      // a Windows path keeps its backslashes: only what a shell would have to escape is unescaped
      if (/[\s"'\\$`&|;<>()#]/.test(input.charAt(at + 1))) put(at + 1, at + 2);
      else put(at, at + 2);
      at += 2;
    } else if (character === '$' && /[({]/.test(input.charAt(at + 1))) {
      const end = closing(input, at + 1);
      put(at, end);
      at = end;
    } else if (character === '<' || character === '>') {
      const placeholder = placeholderEnd(input, at);
      if (placeholder > at) {
        put(at, placeholder);
        at = placeholder;
        continue;
      }
      // `2>&1` and `> file`: neither the number nor the file is an argument
      if (open !== null && /^[0-9]$/.test((open as Open).text.join(''))) open = null;
      endWord(at);
      skipNext = true;
      while (/[<>&]/.test(input.charAt(at))) at += 1;
    } else if (/[;|&()]/.test(character)) {
      endCommand(at);
      at += 1;
    } else {
      put(at, at + 1);
      at += 1;
    }
  }
  endCommand(input.length);
  return commands;
}

/** The part of a word from an index on, such as the value in `--image=nginx`. */
export function restOfWord(word: Word, from: number): Word {
  return {
    text: word.text.slice(from),
    offsets: word.offsets.slice(from),
    start: word.offsets[from] ?? word.end,
    end: word.end,
  };
}

function takeQuoted(input: string, from: number, put: (from: number, to: number) => void): number {
  const quote = input.charAt(from);
  let at = from + 1;
  while (at < input.length && input.charAt(at) !== quote) {
    const escapes = quote === '"' && input.charAt(at) === '\\' && /["\\$`]/.test(input.charAt(at + 1));
    if (escapes) at += 1;
    put(at, at + 1);
    at += 1;
  }
  return Math.min(at + 1, input.length);
}

/** The end of `${…}` or `$(…)`; where it is never closed, only its first two characters belong together. */
function closing(input: string, from: number): number {
  const opens = input.charAt(from);
  const closes = opens === '{' ? '}' : ')';
  let depth = 0;
  // longer ones do not occur in an image name, and a limit keeps a text of nothing but "${" linear
  for (let at = from; at < Math.min(input.length, from + 512); at++) {
    if (input.charAt(at) === opens) depth += 1;
    else if (input.charAt(at) === closes && --depth === 0) return at + 1;
  }
  return from + 1;
}

/** `<tag>` in a name is a placeholder that was left in; a shell would read it as a redirection. */
function placeholderEnd(input: string, from: number): number {
  const placeholder = /<[A-Za-z][A-Za-z0-9 _.-]{0,60}>/y;
  placeholder.lastIndex = from;
  return placeholder.test(input) ? placeholder.lastIndex : from;
}

function indexOrEnd(input: string, text: string, from: number): number {
  const at = input.indexOf(text, from);
  return at < 0 ? input.length : at;
}
