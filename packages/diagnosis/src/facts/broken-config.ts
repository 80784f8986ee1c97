import type { Cause } from '@pull-doctor/contract/causes';
import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { lowerFirst, quoted } from '../words/sentence.ts';

/** Why Docker did not get the credential that its configuration may hold. */
export interface BrokenConfig {
  cause: Extract<Cause, 'config-malformed' | 'helper-missing' | 'helper-failed'>;
  /** One sentence. */
  what: string;
  /** Whether this keeps Docker from the entry for this registry, or only puts it in danger. */
  hides: 'this-registry' | 'any-entry';
}

/** The first thing that is broken in Docker's client configuration and bears on this registry. */
export function brokenConfig(evidence: Evidence): BrokenConfig | null {
  return brokenFile(evidence) ?? brokenHelper(evidence);
}

export function brokenFile(evidence: Evidence): BrokenConfig | null {
  const credentials = evidence.credentials;
  if (!credentials) return null;
  const { file, environment, used, sources } = credentials;
  const isOverruled = used !== null && used.place !== 'auths';
  if (environment.state === 'broken' && !used) {
    const what = environment.what ?? 'it cannot be read';
    return {
      cause: 'config-malformed',
      what: `The variable DOCKER_AUTH_CONFIG is broken: ${asPhrase(what)}.`,
      hides: 'this-registry',
    };
  }
  if (isOverruled) return null;
  if (file.state === 'unreadable' || file.state === 'malformed') {
    const fault = file.faults[0];
    const place = fault?.line
      ? ` at line ${fault.line}${fault.column ? `, column ${fault.column}` : ''}`
      : '';
    const entry = file.faults.every(({ key }) => key !== null) && file.faults.length > 0;
    return {
      cause: 'config-malformed',
      what: fault
        ? `Docker cannot read ${file.path}${place}: ${asPhrase(fault.what)}.`
        : `Docker cannot read ${file.path}.`,
      hides: used || (entry && !concernsRegistry(evidence)) ? 'any-entry' : 'this-registry',
    };
  }
  // A file that is read as a whole may still hold one broken entry.
  const [fault] = file.faults;
  const source = sources.find(({ state, code }) => state === 'broken' && brokenEntryCodes.has(code));
  if (!fault && !source) return null;
  const place = fault?.line ? ` at line ${fault.line}` : '';
  return {
    cause: 'config-malformed',
    what: `An entry of ${file.path} is broken${place}: ${asPhrase(fault?.what ?? source?.why ?? '')}.`,
    hides: used || !(source || concernsRegistry(evidence)) ? 'any-entry' : 'this-registry',
  };
}

const brokenEntryCodes = new Set(['bad-base64', 'no-colon', 'not-json', 'unknown-field']);

/** Whether one of the broken entries is the one that Docker looks up for this registry. */
function concernsRegistry({ credentials, reference }: Evidence): boolean {
  const host = reference?.reference?.registry ?? '';
  return (credentials?.file.faults ?? []).some(
    ({ key }) =>
      key !== null &&
      (key === credentials?.lookupKey || key.replace(/^https?:\/\//, '').split('/')[0] === host),
  );
}

export function brokenHelper(evidence: Evidence): BrokenConfig | null {
  const helper = evidence.credentials?.helper;
  if (!helper) return null;
  const hides = evidence.credentials?.used ? 'any-entry' : 'this-registry';
  switch (helper.outcome) {
    case 'missing':
      return { cause: 'helper-missing', what: `${helper.program} is not installed.`, hides };
    case 'not-executable':
      return {
        cause: 'helper-missing',
        what: `${helper.program} is there, but may not be executed.`,
        hides,
      };
    case 'name-refused':
      return {
        cause: 'config-malformed',
        what: `The configuration names a credential helper that can be no program: ${quoted(helper.name, 60)}.`,
        hides,
      };
    case 'failed': {
      const status = helper.exitStatus === null ? 'failed' : `ended with status ${helper.exitStatus}`;
      const words = helper.message ? ` and said ${quoted(helper.message)}` : '';
      return { cause: 'helper-failed', what: `${helper.program} ${status}${words}.`, hides };
    }
    case 'timed-out':
      return { cause: 'helper-failed', what: `${helper.program} does not answer.`, hides };
    case 'garbage':
      return {
        cause: 'helper-failed',
        what: `${helper.program} answers with something that is no credential.`,
        hides,
      };
    case 'answered':
    case 'not-found':
    case 'elsewhere':
      return null;
  }
}

/** A sentence of the gatherer as a part of one of ours. */
function asPhrase(sentence: string): string {
  const text = sentence.trim().replace(/\.$/, '');
  // "JSON ends too early" keeps its capitals, "A comment" does not.
  return (/^[A-Z](?:[a-z]| )/.test(text) ? lowerFirst(text) : text) || 'it cannot be used';
}
