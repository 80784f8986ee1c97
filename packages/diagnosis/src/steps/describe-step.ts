import type { Evidence, NotSeen } from '@pull-doctor/contract/evidence/evidence';
import type { StepName } from '@pull-doctor/contract/steps';
import { describeChallenge } from './challenge.ts';
import { describeCredentials } from './credentials.ts';
import { describeDaemon } from './daemon.ts';
import { failed, type StepDescribed, skipped } from './described.ts';
import { describeDns } from './dns.ts';
import { describeManifest } from './manifest.ts';
import { describePing } from './ping.ts';
import { describePlatform } from './platform.ts';
import { describeProxy } from './proxy.ts';
import { describePull } from './pull.ts';
import { describeReference } from './reference.ts';
import { describeTcp } from './tcp.ts';
import { describeText } from './text.ts';
import { describeTls } from './tls.ts';
import { describeToken } from './token.ts';

type Describers = {
  [Step in StepName]: (part: NonNullable<Evidence[Step]>, evidence: Evidence) => StepDescribed;
};

const describers: Describers = {
  reference: describeReference,
  text: describeText,
  credentials: describeCredentials,
  dns: describeDns,
  tcp: describeTcp,
  proxy: describeProxy,
  tls: describeTls,
  ping: describePing,
  challenge: describeChallenge,
  token: describeToken,
  manifest: describeManifest,
  platform: describePlatform,
  daemon: describeDaemon,
  pull: describePull,
};

/**
 * How a step ended, and one sentence of what it saw. A step without evidence is skipped and says why; one that nothing
 * is known of is still waiting.
 */
export function describeStep(step: StepName, evidence: Evidence): StepDescribed {
  return describe(step, evidence);
}

function describe<Step extends StepName>(step: Step, evidence: Evidence): StepDescribed {
  const part = evidence[step];
  if (part) return describers[step](part as NonNullable<Evidence[Step]>, evidence);
  const notSeen = evidence.notSeen[step];
  return notSeen ? withoutEvidence(notSeen) : { state: 'waiting', summary: '' };
}

function withoutEvidence({ code, why }: NotSeen): StepDescribed {
  const reason = why.charAt(0).toLowerCase() + why.slice(1);
  // A crash is a fault of Pull Doctor, and no reason to take the step for done.
  return code === 'crashed' ? failed(`This step crashed: ${reason}`) : skipped(`${reason}`);
}
