import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import { type StepName, stepNames } from '@pull-doctor/contract/steps';
import { askedAsDocker } from '../../facts/asked.ts';
import { firstFailure } from '../../facts/failure.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { list, quoted, stop, text } from '../../words/sentence.ts';
import { stepTitles } from '../../words/step-title.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';

/** Speaks when no other rule explains a pull that does not work, and says what was not seen. */
export const unknown = defineRule({
  cause: 'unknown',
  decides: 'A diagnosis of the image: it asks each layer in turn.',
  needs: [],

  examine(evidence) {
    const isStopped = Object.values(evidence.notSeen).some((one) => one?.code === 'stopped');
    // A person ended it: that is no finding about the image.
    if (isStopped && !evidence.pull) return;
    return (
      cutOff(evidence) ??
      heldBack(evidence) ??
      guarded(evidence) ??
      saidByDaemon(evidence) ??
      notSettled(evidence) ??
      undefined
    );
  },
});

/** A step crashed: a fault of Pull Doctor, and no reason to say anything about the image. */
function cutOff({ notSeen }: Evidence): RuleFinding | null {
  const crashed = stepNames.filter((step) => notSeen[step]?.code === 'crashed');
  const [first] = crashed;
  if (!first) return null;
  return {
    certainty: 'guess',
    what: 'The diagnosis was cut off.',
    why: text(
      `Pull Doctor failed at the step ${stepTitles[first]}; the facts before it are kept.`,
      notSeen[first]?.why,
    ),
    todo: 'Diagnose again. Where it happens again, copy the report.',
    restsOn: [],
  };
}

/** The realm is not one that may get the credential, so nobody knows what the registry would have answered. */
function heldBack(evidence: Evidence): RuleFinding | null {
  const realm = evidence.challenge?.realm;
  if (!realm || realm.allowed) return null;
  const { host } = subjectOf(evidence);
  return {
    certainty: 'guess',
    what: evidence.credentials?.used
      ? `Pull Doctor did not send the credential: ${host} wants it sent to ${realm.host ?? 'an address that is none'}.`
      : `Pull Doctor did not ask ${realm.host ?? 'the address'} for a token, as ${host} wants it.`,
    why: text(
      stop(realm.why),
      'A registry chooses that address itself, so it is checked before anything is sent; Docker does not check it.',
    ),
    todo: `Ask the owner of ${host} whether ${realm.host ?? realm.url} hands out its tokens. If so, allow that host in the settings of Pull Doctor and diagnose again. If not, sign out and change the password.`,
    restsOn: ['challenge'],
  };
}

/** An address that Pull Doctor does not ask, whoever names it. */
function guarded(evidence: Evidence): RuleFinding | null {
  const place = firstFailure(evidence);
  if (!place || !(place.failure.code === 'guarded' || place.isOurLimit)) return null;
  return {
    certainty: 'guess',
    what: place.isOurLimit
      ? `Pull Doctor cannot go through ${place.host}.`
      : `Pull Doctor does not ask ${place.host}.`,
    why: text(stop(place.failure.message), 'So it is not known how the registry answers.'),
    todo: place.isOurLimit
      ? 'Docker goes through such a proxy itself: diagnose again with a real pull.'
      : 'Allow this address in the settings of Pull Doctor if it is right, and diagnose again.',
    restsOn: [place.step],
  };
}

function saidByDaemon(evidence: Evidence): RuleFinding | null {
  const { pull } = evidence;
  if (pull?.outcome !== 'failed') return null;
  return {
    certainty: 'guess',
    what: `The pull failed on ${hostName(evidence)}, and none of the known causes fits.`,
    why: `The daemon says ${quoted(pull.message ?? 'nothing')}. What Pull Doctor saw of registry and network shows no fault.`,
    todo: 'Copy the report. The log of the daemon around this time may say more.',
    commands: [
      {
        command: 'journalctl --unit docker.service --since "10 minutes ago"',
        says: `On ${hostName(evidence)}: shows what the daemon wrote about it.`,
        system: 'linux',
      },
    ],
    restsOn: ['pull'],
  };
}

function notSettled(evidence: Evidence): RuleFinding | null {
  const place = firstFailure(evidence);
  const last = askedAsDocker(evidence).at(-1);
  const missing = stepNames.filter((step) => isMissed(evidence, step));
  const seen = place
    ? `${place.host} failed: ${quoted(place.failure.message)}.`
    : last?.exchange.answer
      ? `The last answer was ${last.exchange.answer.status} at the step ${stepTitles[last.step]}.`
      : 'No answer of the registry was seen.';
  const unseen = missing.length > 0 ? ` Not seen: ${list(missing.map((step) => stepTitles[step]))}.` : '';
  // Everything was answered, and only the comparison of platforms is left open: no finding, the verdict says so.
  if (!place && last?.exchange.answer && last.exchange.answer.status < 300 && evidence.manifest) return null;
  return {
    certainty: 'guess',
    what: 'We could not find out why.',
    why: `${seen}${unseen}`,
    todo: 'Diagnose again, with a real pull: the daemon may say more. Copy the report where that does not help.',
    restsOn: last ? [last.step] : [],
  };
}

/** Steps that were wanted and are missing, unlike those that were never asked for or not needed here. */
function isMissed({ notSeen }: Evidence, step: StepName): boolean {
  const code = notSeen[step]?.code;
  return code === 'time-was-up' || code === 'crashed' || code === 'needs-earlier-step';
}
