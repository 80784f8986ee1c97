/** The object in a base64 or base64url text of JSON, with or without padding; null where it is not one. */
export function decodeJsonObject(base64: string): Record<string, unknown> | null {
  const text = decodeBase64(base64);
  return text === null ? null : parseJsonObject(text);
}

/** The object in a JSON text; null for other values and for what is no JSON. */
export function parseJsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch (error) {
    // JSON.parse has no other way to say that a text is not JSON, which is what is asked here
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function decodeBase64(base64: string): string | null {
  const standard = base64
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '');
  // atob throws on anything else: a length that leaves one character over, a foreign character
  if (!/^[A-Za-z0-9+/]+$/.test(standard) || standard.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
