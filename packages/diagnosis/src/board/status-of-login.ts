import type { UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { CheckEvidence } from '@pull-doctor/contract/registries';
import { credentialInWords } from '../facts/credential.ts';
import { expiredWords, says } from '../facts/denied-words.ts';
import { subjectOf } from '../facts/subject.ts';
import { quoted, stop, text, upperFirst } from '../words/sentence.ts';
import { asPull } from './as-pull.ts';
import type { Status } from './judge-login.ts';
import { kindOf } from './status-of-end.ts';

/** What the registry made of the credential by itself. Whether it may pull is another fact. */
export function loginStatus(used: UsedCredential, check: CheckEvidence): Status {
  const { challenge, token } = check;
  const unknown = (why: string): Status => ({ status: 'unknown', why: stop(why), cause: null });
  if (challenge?.fault) return unknown(challenge.fault);
  const answers = [check.ping?.exchange, token?.login?.exchange].map((one) => one?.answer?.status);
  if (answers.includes(429))
    return {
      status: 'unknown',
      why: 'It answers 429, too many requests, so the login could not be tried.',
      cause: 'rate-limited',
    };
  if (token === undefined) return unknown(check.cutOff ?? 'The login was not tested.');
  // What it asks for is not known, so nothing was sent; Docker would send nothing either.
  if (token.scheme === 'none')
    return unknown(
      'It asks nobody to sign in, so the stored credential could not be tried. Pulls need none.',
    );
  if (used.kind === 'registry-token')
    return unknown('A stored registry token is sent as it is, and only a pull shows whether it is taken.');
  const { login } = token;
  if (login === null)
    return unknown(challenge?.realm?.allowed === false ? challenge.realm.why : 'The login was not tested.');
  if (login.outcome === 'refused') return refused(used, check, login);
  if (login.outcome === 'unknown')
    return unknown(challenge?.realm?.allowed === false ? challenge.realm.why : login.why);
  return { status: 'ok', why: `It accepts ${credentialInWords(used)}.`, cause: null };
}

type Login = NonNullable<NonNullable<CheckEvidence['token']>['login']>;

function refused(used: UsedCredential, check: CheckEvidence, login: Login): Status {
  const [error] = login.errors;
  const words = login.errors.map(({ message }) => message).join('\n');
  const said = error?.message ? ` The registry says ${quoted(error.message)}.` : '';
  if (says(expiredWords, words))
    return { status: 'expired', why: `${kindOf(used)} has expired.${said}`, cause: 'credentials-expired' };
  const { provider } = subjectOf(asPull(check));
  return {
    status: 'invalid',
    why: text(
      `It refuses ${credentialInWords(used)}: ${provider.id === 'ghcr' ? 'expired, revoked, or without read:packages' : 'wrong, revoked or disabled'}.`,
      upperFirst(said.trim()),
    ),
    cause: 'credentials-invalid',
  };
}
