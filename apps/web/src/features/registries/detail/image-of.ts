import type { RegistryDetail } from '@pull-doctor/contract/registries';

type Image = RegistryDetail['images'][number];

/** A reference that can be diagnosed; without a known tag the one that Docker takes. */
export const imageOf = (host: string, { repository, tags }: Image): string =>
  `${host}/${repository}${tags[0] ? `:${tags[0]}` : ''}`;

/** What Diagnose begins with: the image that failed most, else the first; without any, the host to type on after. */
export function firstImage(host: string, images: readonly Image[]): string {
  const [first] = images.toSorted((a, b) => b.failed24h - a.failed24h);
  return first ? imageOf(host, first) : `${host}/`;
}
