// "https://ghcr.io/v2/acme/app/manifests/1" and "10.0.0.1:443": whose they are says nothing about the cause
const addresses = /\bhttps?:\/\/[^\s"'<>)]+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\bsha256:[0-9a-f]*/gi;

// what docker puts before every message says nothing about the cause either
const preambles = /error response from daemon|rpc error: code = \w+ desc =/gi;

/** The words of a text in lower case. Addresses, long numbers and preambles are left out; `401` and `x509` stay. */
export function wordsOf(text: string): string[] {
  const words =
    text
      .replace(addresses, ' ')
      .replace(preambles, ' ')
      .toLowerCase()
      .match(/[a-z0-9_]+/g) ?? [];
  return words.filter((word) => word.length > 1 && !/^\d{4,}$|^\d{1,2}$|^[0-9a-f]{16,}$/.test(word));
}

/** Each two and three words that follow each other in one line: "no basic", "basic auth", "no basic auth". */
export function phrasesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const words = wordsOf(line);
    return words.flatMap((word, at) => {
      const [second, third] = [words[at + 1], words[at + 2]];
      if (second === undefined) return [];
      const two = `${word} ${second}`;
      return third === undefined ? [two] : [two, `${two} ${third}`];
    });
  });
}
