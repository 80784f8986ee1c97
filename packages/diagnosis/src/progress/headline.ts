import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { type StepName, stepNames } from '@pull-doctor/contract/steps';
import { describeStep } from '../steps/describe-step.ts';

/** Steps that belong to one sentence, and what is said when they are done and while they run. */
const allStages: { steps: readonly StepName[]; done: string; now: string }[] = [
  { steps: ['reference'], done: 'The image name is valid.', now: 'Reading the image name.' },
  { steps: ['text'], done: 'The error text is read.', now: 'Reading the error text.' },
  { steps: ['credentials'], done: 'The credentials were looked up.', now: 'Now looking for the credential.' },
  { steps: ['dns', 'tcp', 'proxy', 'tls'], done: 'The network is fine.', now: 'Now checking the network.' },
  { steps: ['ping'], done: 'The registry answers.', now: 'Now asking the registry.' },
  { steps: ['challenge', 'token'], done: 'The sign-in is settled.', now: 'Now checking the login.' },
  { steps: ['manifest', 'platform'], done: 'The image is there.', now: 'Now asking for the image.' },
  { steps: ['daemon'], done: 'Docker answers.', now: 'Now asking Docker on this host.' },
  { steps: ['pull'], done: 'The pull ended.', now: 'Now pulling through Docker.' },
];

const obstacles: Partial<Record<StepName, string>> = {
  reference: 'The image name is not valid.',
  dns: 'The name of the registry is not found.',
  tcp: 'The registry cannot be connected to.',
  proxy: 'The proxy is in the way.',
  tls: 'The encrypted connection fails.',
  ping: 'The registry does not answer as one.',
  challenge: 'The registry asks for a login that cannot be given.',
  token: 'The login is refused.',
  manifest: 'The image cannot be read.',
  platform: 'The image is for another platform.',
  daemon: 'Docker on this host does not answer.',
  pull: 'The pull failed.',
};

/** What is settled so far and what is being done, for the page of a diagnosis that runs. */
export function headline(evidence: Evidence): string {
  const state = (step: StepName) => describeStep(step, evidence).state;
  // Most diagnoses are not about a text.
  const stages = allStages.filter(({ steps }) => evidence.text || !steps.includes('text'));
  const broken = stepNames.find((step) => state(step) === 'failed');
  const current = stages.findIndex(({ steps }) => steps.some((step) => state(step) === 'waiting'));
  const now = stages[current]?.now ?? 'Now judging what was seen.';
  if (broken) return `${obstacles[broken] ?? 'One step failed.'} ${now}`;
  // The last stage that said something: the network before the sign-in, the registry before the image.
  const settled = stages
    .slice(0, current === -1 ? stages.length : current)
    .findLast(({ steps }) => steps.some((step) => ['done', 'warning'].includes(state(step))));
  return settled ? `${settled.done} ${now}` : now;
}
