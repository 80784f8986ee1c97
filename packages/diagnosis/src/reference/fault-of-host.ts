import type { FoundFault } from './find-fault.ts';
import { isPort, isRegistry } from './grammar.ts';
import { quote } from './quote.ts';

/** What is wrong with the part before the first slash, where Docker takes it for a host. */
export function hostFault(text: string, host: string): FoundFault | null {
  if (isRegistry(host)) return null;
  return portFault(text, host) ?? nameFault(text, host);
}

function portFault(text: string, host: string): FoundFault | null {
  // an IPv6 address has colons of its own, inside its brackets
  const colon = host.indexOf(':', host.startsWith('[') ? host.indexOf(']') + 1 : 0);
  const name = colon < 0 ? host : host.slice(0, colon);
  const port = colon < 0 ? null : host.slice(colon + 1);
  if (port === null || isPort(port) || !isRegistry(name)) return null;
  const fault = { code: 'bad-port', at: colon + 1, length: port.length } as const;
  if (port === '') {
    const what = `There is no port after ${quote(`${name}:`)}.`;
    return { ...fault, at: colon, length: 1, what, fix: name + text.slice(host.length) };
  }
  if (/^[0-9]+$/.test(port))
    return { ...fault, what: `There is no port ${quote(port)}: ports go from 1 to 65535.` };
  if (/^[0-9a-f]*(?::[0-9a-f]*)+$/i.test(port) && /^[0-9a-f]*$/i.test(name)) return null;
  const what = `${quote(port)} is no port; between ${quote(`${name}:`)} and the next slash stand only digits. A tag comes at the end of the name.`;
  // "nginx:1.25/app" or "acme:1.0/": the tag came too early
  const moved = `${name}${text.slice(host.length)}:${port}`;
  return { ...fault, what, fix: text.indexOf(':', host.length) < 0 && !text.includes('@') ? moved : null };
}

function nameFault(text: string, host: string): FoundFault {
  const fault = { code: 'bad-host', at: 0, length: host.length } as const;
  if (host.startsWith('[') || host.split(':').length > 2) {
    const bracketed = /^[0-9a-f:]+$/i.test(host) ? `[${host}]${text.slice(host.length)}` : null;
    const what = `${quote(host)} is no host. An IPv6 address stands in brackets, without a zone, and the port after them: [fd00::1]:5000.`;
    return { ...fault, what, fix: bracketed };
  }
  const name = host.split(':')[0] ?? '';
  const wrong = /[^A-Za-z0-9.-]/u.exec(name);
  if (wrong) {
    const character = String.fromCodePoint(name.codePointAt(wrong.index) ?? 0);
    const what = `The host ${quote(name)} holds ${quote(character)}. A host name has letters, digits, dots and hyphens.`;
    return { ...fault, what, at: wrong.index, length: character.length };
  }
  const part =
    name.split('.').find((part) => part === '' || part.startsWith('-') || part.endsWith('-')) ?? name;
  if (part === '') {
    const dots = /^\.|\.\.|\.$/.exec(name);
    const at = dots?.index ?? 0;
    const closed = name.replace(/\.{2,}/g, '.').replace(/^\.|\.$/g, '') + text.slice(name.length);
    const what =
      name === '' ? 'There is no host before the colon.' : `The host ${quote(name)} has a dot too many.`;
    return { ...fault, what, at, length: name === '' ? 0 : 1, fix: name === '' ? null : closed };
  }
  const at = name.indexOf(part);
  const what = `The part ${quote(part)} of the host begins or ends with a hyphen.`;
  return { ...fault, what, at, length: part.length };
}
