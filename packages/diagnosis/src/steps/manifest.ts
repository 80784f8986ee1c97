import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { ManifestEvidence } from '@pull-doctor/contract/evidence/registry';
import { anonymousManifestAsk, asDocker, dockerManifestAsk } from '../facts/asked.ts';
import { failureInWords } from '../facts/failure.ts';
import { shortDigest } from '../facts/subject.ts';
import { quoted } from '../words/sentence.ts';
import { done, failed, type StepDescribed } from './described.ts';

export function describeManifest(manifest: ManifestEvidence, evidence: Evidence): StepDescribed {
  const ask = dockerManifestAsk(evidence);
  const { wanted, body } = manifest;
  if (!ask) {
    const isPublic = anonymousManifestAsk(evidence)?.outcome === 'found';
    return failed(
      `${wanted} was not asked for: there is no token for it${isPublic ? '; without a login it can be read' : ''}`,
    );
  }
  const answer = [ask.status, ask.errors[0]?.code].filter(Boolean).join(' ');
  const words = ask.errors[0]?.message ? `: ${quoted(ask.errors[0].message, 120)}` : '';
  switch (ask.outcome) {
    case 'found': {
      if (body?.digestMatches === false)
        return failed(`${wanted} is there, and its digest is another than announced`);
      if (body?.kind === 'not-a-manifest') return failed(`${wanted}: the answer is no manifest`);
      return done(`${wanted} is ${ask.digest ? shortDigest(ask.digest) : 'there'}`);
    }
    case 'not-found':
      return failed(`${wanted} is not there: ${answer}${words}`);
    case 'unauthorized':
    case 'denied': {
      const isPublic = anonymousManifestAsk(evidence)?.outcome === 'found';
      const who = asDocker(evidence) === 'signed-in' ? 'the login' : 'a caller without a login';
      return failed(
        `${wanted} is refused to ${who}: ${answer}${words}${isPublic ? '; without a login it can be read' : ''}`,
      );
    }
    case 'failed': {
      const failure = ask.get?.failure ?? ask.head.failure;
      return failed(`${wanted}: the registry ${failure ? failureInWords(failure) : 'did not answer'}`);
    }
    case 'rate-limited':
    case 'server-error':
      return failed(`The registry answers ${answer}${words}`);
    case 'unusable':
      return failed(`${wanted}: the answer${ask.status ? ` (${ask.status})` : ''} is no manifest`);
  }
}
