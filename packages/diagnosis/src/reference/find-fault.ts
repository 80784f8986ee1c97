import type { ReferenceFault, ReferenceFaultCode } from '@pull-doctor/contract/image-reference';
import { characterFault } from './fault-of-character.ts';
import { digestFault } from './fault-of-digest.ts';
import { hostFault } from './fault-of-host.ts';
import { pathFault } from './fault-of-path.ts';
import { tagFault } from './fault-of-tag.ts';
import { cutReference, imageIdPattern, readReference } from './grammar.ts';
import { quote } from './quote.ts';
import { imageOfWebAddress, withoutScheme } from './web-address.ts';

/** A fault before its fix was proven: `fix` is what the text may have been meant to be. */
export interface FoundFault {
  code: ReferenceFaultCode;
  what: string;
  at: number;
  length: number;
  fix?: string | null;
}

/**
 * Why a text is no reference: the first fault, looked for in the order in which a person would correct them. What is
 * wrong with the whole (white space, a pasted address) comes before what is wrong with a part of it.
 *
 * @param text one that `readReference` refused
 */
export function findFault(text: string): ReferenceFault {
  const found = wholeFault(text) ?? partFault(text);
  const fix = [found.fix, found.fix ? mended(found.fix) : null].find((fix) => fix && readReference(fix));
  return { code: found.code, what: found.what, at: found.at, length: found.length, fix: fix ?? null };
}

function wholeFault(text: string): FoundFault | null {
  if (text.trim() === '')
    return { code: 'empty', what: 'There is no image name.', at: 0, length: text.length };
  if (imageIdPattern.test(text)) {
    const what =
      'These 64 hexadecimal digits are an image ID. An ID names an image that is on this host already.';
    return { code: 'image-id', what, at: 0, length: text.length };
  }
  return characterFault(text) ?? optionFault(text) ?? addressFault(text) ?? loginFault(text);
}

function partFault(text: string): FoundFault {
  const parts = cutReference(text);
  return (
    (parts.host === null ? null : hostFault(text, parts.host)) ??
    pathFault(text, parts) ??
    tagFault(text, parts) ??
    digestFault(text, parts) ?? {
      code: 'bad-character',
      what: `${quote(text)} does not have the form of an image name.`,
      at: 0,
      length: text.length,
    }
  );
}

/** `-nginx`, and `–rm` with the dash that word processors make of two hyphens. */
function optionFault(text: string): FoundFault | null {
  const dashes = /^[-\u2010-\u2015\u2212]+/.exec(text)?.[0];
  if (dashes === undefined) return null;
  const what = `${quote(text)} begins with a dash, so Docker reads it as an option. An image name begins with a letter or a digit.`;
  return { code: 'leading-dash', what, at: 0, length: dashes.length };
}

/** `https://ghcr.io/acme/app`, `docker://nginx`, and the address of a page that shows an image. */
function addressFault(text: string): FoundFault | null {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]{0,30}:\/{2,3}/.exec(text)?.[0];
  const image = imageOfWebAddress(text);
  if (scheme === undefined) {
    if (image === null) return null;
    const what = `${quote(text)} is the address of a web page, not the name of the image that it shows.`;
    return { code: 'bad-host', what, at: 0, length: text.indexOf('/'), fix: image };
  }
  const bare = withoutScheme(text).replace(/\/$/, '');
  const fix = image ?? bare.replace(/^[^/@]*@/, '').replace(/^([^/]+)\/v2\//, '$1/');
  const what = /^https?:/i.test(scheme)
    ? `An image name has no scheme: ${quote(scheme)} does not belong to it.`
    : `${quote(scheme)} is a word of another tool; Docker takes the name without it.`;
  return { code: 'scheme', what, at: 0, length: scheme.length, fix };
}

/** `user:password@host/app`. The sentence does not repeat what may be a password. */
function loginFault(text: string): FoundFault | null {
  const login = /^[^/@]*@(?=[^/@]*\/)/.exec(text)?.[0];
  if (login === undefined || /^[^@]*@sha[0-9]+:/.test(text)) return null;
  const what = 'An image name holds no user and no password: what stands before "@" does not belong to it.';
  return { code: 'user-info', what, at: 0, length: login.length, fix: text.slice(login.length) };
}

/** Where a fix leaves a second plain fault behind (`https://ghcr.io/Acme/App`), that one is mended too. */
function mended(fix: string): string | null {
  const next = wholeFault(fix) ?? partFault(fix);
  return next.fix ?? null;
}
