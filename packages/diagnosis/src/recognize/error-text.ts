import { parseReference } from '../reference/parse-reference.ts';
import type { FoundImage } from './lines.ts';

// Where the sentences of Docker, containerd, the kubelet and podman name the image that they could not pull. Only the
// name is taken here; what a sentence says about the cause is read elsewhere.
const places: readonly RegExp[] = [
  /pull access denied for ([^\s,]{1,400}),/g,
  /manifest for (\S{1,400}) not found/g,
  /[Uu]nable to find image ['"`]([^'"`\s]{1,400})['"`] locally/g,
  /(?:[Ff]ailed to (?:pull(?: and unpack)?|resolve) (?:image|reference)|Back-off pulling image|[Pp]ulling image) \\?["']([^"'\\\s]{1,400})\\?["']/g,
  /failed to resolve (?:reference|source metadata for) \\?["']?([^"'\\\s]{1,400}?)\\?["']?:\s/g,
  /[Ii]nitializing source docker:\/\/([^\s"]{1,400}?)(?::\s|["\s]|$)/gm,
  /^Trying to pull (\S{1,400}?)\.\.\./gm,
  /failed to solve: (?=\S{0,400}[/:.]\S{0,400}:\s)(\S{1,400}?):\s/g,
];

/**
 * The image that an error text is about, where it names exactly one. Of two names for the same repository, one with and
 * one without a tag, the one with a tag counts: Docker leaves the tag out of "pull access denied".
 */
export function imageOfErrorText(text: string): FoundImage | null {
  const found = places.flatMap((place) =>
    [...text.matchAll(place)].flatMap((match) => (match[1] === undefined ? [] : [at(match, match[1])])),
  );
  const images = found.flatMap((image) => {
    const parsed = parseReference(image.text);
    return parsed.ok ? [{ image, reference: parsed.reference }] : [];
  });
  const repositories = new Set(
    images.map(({ reference }) => `${reference.registry}/${reference.repository}`),
  );
  if (repositories.size !== 1) return null;
  const pointed = images.filter(
    ({ image, reference }) => reference.digest !== null || /:[^/]+$/.test(image.text),
  );
  const pointers = new Set(pointed.map(({ reference }) => `${reference.tag}@${reference.digest}`));
  if (pointers.size > 1) return null;
  return (pointed[0] ?? images[0])?.image ?? null;
}

function at(match: RegExpExecArray, name: string): FoundImage {
  return { text: name, start: match.index + match[0].indexOf(name), platform: null };
}
