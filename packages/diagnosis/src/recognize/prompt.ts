import { clients, wrappers } from './command-shapes.ts';

const programs = [...clients.keys(), ...wrappers.keys(), 'docker-compose', 'podman-compose']
  .filter((name) => /^[a-z0-9-]{2,}$/.test(name))
  .join('|');

// "$ ", "user@host:~/src$ ", "[root@host ~]# ", "user@mac src % ", "PS C:\> ", "C:\>": only before a known program, since
// "# docker …" is a comment as often as root's prompt, and either way the command is what was meant.
const prompt = new RegExp(
  `^[ \\t]*(?:\\$|#|%|>|❯|\\[[^\\]\\n]{1,100}\\][$#]|[^\\s@]{1,64}@[^\\s]{1,100}(?: [^\\s]{1,100})?[ ]?[$#%]|[^\\s]{0,100}[$#]|PS [^\\n>]{1,200}>|[A-Za-z]:\\\\[^\\n>]{0,200}>)[ \\t]*(?=(?:${programs})(?:\\.exe)?[ \\t]|[A-Z_]{2,64}=)`,
  'gmu',
);

/** The text with shell prompts at the start of its lines replaced by as many blanks: offsets stay what they were. */
export function blankPrompts(text: string): string {
  return text.replace(prompt, (found) => ' '.repeat(found.length));
}
