import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import {
  certificateFaults,
  clockThatMakesItValid,
  daemonClockThatRefuses,
  leafOf,
} from '../../facts/certificate.ts';
import { type ClockSeen, clocksSeen, clockThatDiffers } from '../../facts/clock.ts';
import { onHost } from '../../facts/commands.ts';
import { readRefusal } from '../../facts/read-refusal.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { tokenOutOfTime } from '../../facts/token-times.ts';
import { duration } from '../../words/duration.ts';
import { instant } from '../../words/instant.ts';
import { defineRule, type RuleFinding } from '../define-rule.ts';
import { signs } from './signs.ts';

export const clockSkew = defineRule({
  cause: 'clock-skew',
  decides: 'How far the clock of this host is from the registry’s.',
  needs: ['reference'],

  examine(evidence) {
    return certificateOutOfTime(evidence) ?? refusedByDaemon(evidence) ?? tokenOutOfItsTime(evidence);
  },

  rulesOut(evidence) {
    const clocks = clocksSeen(evidence);
    if (clocks.length === 0 || clockThatDiffers(evidence)) return;
    const worst = Math.max(...clocks.map(({ offsetSeconds }) => Math.abs(offsetSeconds)));
    return `The clocks agree${worst >= 1 ? ` to ${duration(worst)}` : ''}: ${clocks.map(({ whose }) => whose).join(', ')} and Pull Doctor.`;
  },

  staysOpen(evidence) {
    const clock = clockThatDiffers(evidence);
    return clock
      ? `a certificate or a token depends on it: the clock of ${clock.whose} is ${apart(clock)} ours.`
      : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: 'The clocks of this host and of the registry differ.',
    todo: `Set the clock of ${hostName(evidence)} by a time server.`,
    commands: setClock(evidence),
    wizard: 'daemon-and-host',
  }),
});

function certificateOutOfTime(evidence: Evidence): RuleFinding | undefined {
  const { leaf: faults } = certificateFaults(evidence);
  if (!faults.includes('expired') && !faults.includes('not-yet-valid')) return;
  const clock = clockThatMakesItValid(evidence);
  const leaf = leafOf(evidence);
  if (!clock || !leaf) return;
  const { host } = subjectOf(evidence);
  const isDaemons = clock.step === 'daemon';
  const apart = `${duration(clock.offsetSeconds)} ${clock.offsetSeconds > 0 ? 'behind' : 'ahead'}`;
  return {
    certainty: 'very-likely',
    what: isDaemons
      ? `The clock of the machine that Pull Doctor runs on is ${apart}.`
      : `The clock of ${hostName(evidence)} is ${apart}.`,
    why: `The certificate of ${host} is valid from ${instant(leaf.notBefore)} to ${instant(leaf.notAfter)}. Here it is ${instant(evidence.now)}; by the clock of ${clock.whose} it is within that time.`,
    todo: 'Set the clock by a time server.',
    commands: setClock(evidence),
    wizard: 'daemon-and-host',
    restsOn: ['tls', clock.step],
    explains: ['tls-invalid'],
    // The daemon goes by its own clock, and that one agrees with the certificate.
    mayStillPull: isDaemons,
  };
}

/** Pull Doctor accepts the certificate, and the daemon, whose clock is another, cannot. */
function refusedByDaemon(evidence: Evidence): RuleFinding | undefined {
  const clock = daemonClockThatRefuses(evidence);
  const leaf = leafOf(evidence);
  if (!clock || !leaf) return;
  return {
    certainty: 'very-likely',
    what: `The clock of ${hostName(evidence)} is ${duration(clock.offsetSeconds)} ${clock.offsetSeconds > 0 ? 'ahead' : 'behind'}.`,
    why: `The certificate of ${subjectOf(evidence).host} is valid from ${instant(leaf.notBefore)} to ${instant(leaf.notAfter)}. Pull Doctor accepts it; by the clock of the daemon it is out of that time.`,
    todo: 'Set the clock of the Docker host by a time server.',
    commands: setClock(evidence),
    wizard: 'daemon-and-host',
    restsOn: ['tls', 'daemon'],
  };
}

function tokenOutOfItsTime(evidence: Evidence): RuleFinding | undefined {
  const read = readRefusal(evidence);
  if (read?.cause !== 'clock-skew') return;
  const token = tokenOutOfTime(evidence);
  if (!token) return;
  const { host } = subjectOf(evidence);
  const isEarly = token.kind === 'not-yet';
  return {
    certainty: read.certainty,
    what: isEarly
      ? `The token for ${host} is valid only in ${duration(token.seconds)}: two clocks differ.`
      : `The token for ${host} had ended ${duration(token.seconds)} before it was handed out: two clocks differ.`,
    why: isEarly
      ? `The token server dates its tokens ${instant(token.at)}, and the registry refuses what is not valid yet. The login itself was accepted.`
      : `The token ends at ${instant(token.at)} by the clock of the token server.`,
    todo: 'The owner of the registry must set the clocks of registry and token server by one time server. Compare the clock of this host as well.',
    commands: setClock(evidence),
    wizard: 'daemon-and-host',
    alternatives: read.alternatives.map((cause) => ({
      cause,
      why: 'The token server may hand out old tokens.',
      decides: 'Compare the clocks of both servers.',
    })),
    restsOn: ['token', 'manifest'],
  };
}

function apart({ offsetSeconds }: ClockSeen): string {
  return `${duration(offsetSeconds)} ${offsetSeconds > 0 ? 'ahead of' : 'behind'}`;
}

function setClock(evidence: Evidence) {
  return [
    onHost(evidence, 'linux', 'timedatectl status', 'shows the clock and whether a time server sets it.'),
    onHost(
      evidence,
      'linux',
      'sudo timedatectl set-ntp true',
      'lets a time server set the clock. It needs root, because the clock is the system’s.',
    ),
    onHost(
      evidence,
      'windows',
      'w32tm /resync',
      'sets the clock by its time server; run it as administrator.',
    ),
  ];
}
