/** Headers in the order of the wire, names in lower case, duplicates kept. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** Reads undici's flat list of names and values. */
export function readRawHeaders(flat: unknown): RawHeaders {
  if (!Array.isArray(flat)) return [];
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    headers.push([String(flat[at]).toLowerCase(), String(flat[at + 1])]);
  }
  return headers;
}

/** The first value under this name (in lower case). */
export function headerOf(headers: RawHeaders, name: string): string | null {
  return headers.find((header) => header[0] === name)?.[1] ?? null;
}

/** Every value under this name, one per header line. */
export function headersOf(headers: RawHeaders, name: string): string[] {
  return headers.filter((header) => header[0] === name).map(([, value]) => value);
}
