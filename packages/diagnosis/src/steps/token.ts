import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { TokenEvidence } from '@pull-doctor/contract/evidence/registry';
import { asDocker, dockerTokenAsk } from '../facts/asked.ts';
import { failureInWords } from '../facts/failure.ts';
import { tokenOutOfTime } from '../facts/token-times.ts';
import { quoted } from '../words/sentence.ts';
import { done, failed, type StepDescribed, skipped, warning } from './described.ts';

export function describeToken(token: TokenEvidence, evidence: Evidence): StepDescribed {
  const ask = dockerTokenAsk(evidence);
  const { login } = token;
  if (token.scheme === 'none') return skipped('the registry wants no token');
  if (!ask) {
    if (!login)
      return skipped(
        evidence.credentials?.used
          ? 'Basic needs no token: the login goes with each request'
          : 'Basic needs no token, and there is no login to test',
      );
    return login.outcome === 'refused'
      ? failed(`The login is refused${status(login.exchange?.answer?.status)}${said(login.errors)}`)
      : done(
          login.outcome === 'accepted' ? 'The login is accepted' : `The login was not tested: ${login.why}`,
        );
  }
  switch (ask.outcome) {
    case 'granted': {
      const out = tokenOutOfTime(evidence);
      if (out)
        return warning(`A token was given that ${out.kind === 'ended' ? 'has ended' : 'is not valid yet'}`);
      if (asDocker(evidence) === 'anonymous') return done('A token was given without a login');
      return login?.outcome === 'refused'
        ? failed(
            `A token was given, but the login by itself is refused${status(login.exchange?.answer?.status)}`,
          )
        : done('A token was given for the login');
    }
    case 'refused':
      return failed(`No token${status(ask.exchange?.answer?.status)}${said(ask.errors)}`);
    case 'unusable':
      return failed(`The answer holds no token: ${ask.why ?? 'it cannot be read'}`);
    case 'failed':
      return failed(
        ask.exchange?.failure
          ? `The token server ${failureInWords(ask.exchange.failure)}`
          : `The token server answers ${ask.exchange?.answer?.status ?? 'nothing'}${said(ask.errors)}`,
      );
    case 'not-sent':
      return warning(`The credential was not sent: ${ask.why ?? 'the realm is not allowed'}`);
  }
}

function status(code: number | undefined): string {
  return code === undefined ? '' : `: ${code}`;
}

function said(errors: readonly { message: string }[]): string {
  const words = errors[0]?.message;
  return words ? ` ${quoted(words, 120)}` : '';
}
