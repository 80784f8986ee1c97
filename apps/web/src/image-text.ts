import type { ImageReference } from '@pull-doctor/contract/image-reference';

/** A reference in two parts: the registry, which is cut first where there is no room, and the rest. */
export function imageParts({ registry, repository, tag, digest }: ImageReference): {
  registry: string;
  rest: string;
} {
  const version = digest ? `@${digest.slice(0, 19)}…` : tag ? `:${tag}` : '';
  return { registry: `${registry}/`, rest: `${repository}${version}` };
}

/** The whole reference, as it can be pulled. */
export const imageText = ({ registry, repository, tag, digest }: ImageReference): string =>
  `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;

/** A reference as a title: without its registry. */
export const shortImageText = (reference: ImageReference): string => imageParts(reference).rest;

/** The first line of what was typed, cut to what fits in a row. */
export function firstLine(input: string): string {
  const line = input.trim().split('\n', 1)[0] ?? '';
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
