/** An image name in a file's text, and where it stands. */
export interface FoundImage {
  text: string;
  start: number;
  platform: string | null;
}

/**
 * The images of `image:` lines: YAML of Compose and Kubernetes, with list dashes, quotes and comments, and JSON's
 * `"image": "x"`. Lines that only configure how an image is built or named elsewhere do not match.
 */
export function imageLines(text: string): FoundImage[] {
  const line = /^[ \t]*(?:-[ \t]+)*["']?image["']?[ \t]*:[ \t]+(?=\S)/gm;
  return [...text.matchAll(line)].flatMap((match) => yamlScalar(text, match.index + match[0].length) ?? []);
}

/** GitHub Actions: `container: x` and `uses: docker://x`. */
export function workflowLines(text: string): FoundImage[] {
  const line =
    /^[ \t]*(?:-[ \t]+)?(?:container[ \t]*:[ \t]+(?=\S)|uses[ \t]*:[ \t]+["']?docker:\/\/(?=\S))/gm;
  return [...text.matchAll(line)].flatMap((match) => yamlScalar(text, match.index + match[0].length) ?? []);
}

/** The images of a Dockerfile's FROM lines, without `scratch` and earlier stages. */
export function fromLines(text: string): FoundImage[] {
  const line =
    /^[ \t]*FROM[ \t]+((?:--[a-z]+=\S{1,200}[ \t]+)*)(\S+)(?:[ \t]+AS[ \t]+(\S+))?[ \t]*(?:#.*)?\r?$/gim;
  const stages = new Set<string>();
  const found: FoundImage[] = [];
  for (const match of text.matchAll(line)) {
    const [whole, flags = '', image = '', stage] = match;
    const start = match.index + whole.indexOf(image, whole.indexOf(flags) + flags.length);
    const platform = /--platform=(\S+)/.exec(flags)?.[1] ?? null;
    if (!stages.has(image.toLowerCase()) && image !== 'scratch') found.push({ text: image, start, platform });
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return found;
}

/** A value of one line: quoted, or plain up to a comment. Braces and brackets begin something else than a name. */
function yamlScalar(text: string, start: number): FoundImage | null {
  const end = text.indexOf('\n', start);
  const rest = text.slice(start, end < 0 ? undefined : end);
  const quoted = /^(["'])(.*?)\1/.exec(rest);
  if (quoted) return { text: quoted[2] ?? '', start: start + 1, platform: null };
  if (/^[[&*|>]|^\{(?!\{)/.test(rest)) return null;
  const comment = rest.search(/[ \t]#/);
  const plain = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd().replace(/["']?,$/, '');
  return plain === '' ? null : { text: plain, start, platform: null };
}
