import { seedImages } from './registries.ts';

/** Puts real values for `{KEY}` (the address of a host) and `{digest:REPOSITORY}` (of its tag 1.0). */
export function fillIn(text: string, addresses: ReadonlyMap<string, string>): string {
  return text.replace(/\{(digest:)?([a-z][a-z/]*)\}/g, (whole, isDigest, key) => {
    if (isDigest) return seedImages[key]?.['1.0']?.manifest.digest ?? whole;
    return addresses.get(key) ?? whole;
  });
}
