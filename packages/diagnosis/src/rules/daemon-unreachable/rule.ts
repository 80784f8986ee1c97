import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { onHost } from '../../facts/commands.ts';
import { subjectOf } from '../../facts/subject.ts';
import { pullWorks } from '../../pull-works.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

/** A fact about the host: the registry was asked without the daemon, and its answer stands by itself. */
export const daemonUnreachable = defineRule({
  cause: 'daemon-unreachable',
  decides: 'Whether the Docker daemon answers at its socket, and to this user.',
  needs: ['daemon'],

  examine(evidence) {
    const daemon = evidence.daemon;
    if (!daemon || daemon.reached) return;
    const isClear = pullWorks(evidence) === 'yes';
    return {
      certainty: 'confirmed',
      confirmedBy: 'probe',
      what: isClear
        ? `${subjectOf(evidence).image} can be pulled from the registry, but Docker on this host does not answer.`
        : 'Docker on this host does not answer.',
      why: `${daemon.address} (${daemon.addressFrom}) ${reason(evidence)}`,
      todo: todo(evidence),
      commands: commands(evidence),
      wizard: 'daemon-and-host',
      restsOn: ['daemon'],
      besideThePull: true,
    };
  },

  rulesOut({ daemon }) {
    return daemon?.reached
      ? `Docker ${daemon.info?.version ?? ''} answers at ${daemon.address}.`.replace('  ', ' ')
      : undefined;
  },

  signs,
  heard: (evidence) => ({
    what: 'Docker on this host does not answer.',
    todo: todo(evidence),
    commands: commands(evidence),
    wizard: 'daemon-and-host',
  }),
});

function reason({ daemon }: Evidence): string {
  const failure = daemon?.failure;
  switch (failure?.code) {
    case 'no-socket':
      return 'is not there: the daemon is not running, or listens elsewhere.';
    case 'not-permitted':
      return `may not be opened by the user that Pull Doctor runs as${failure.owner ? `; it belongs to ${failure.owner}` : ''}.`;
    case 'refused':
      return 'is there, but nobody listens: the daemon has ended.';
    case 'timed-out':
      return 'does not answer in time.';
    case 'proxy-refuses':
      return 'is a socket proxy that does not allow this call.';
    case 'too-old':
      return `speaks too old a version of the interface: ${failure.message}`;
    default:
      return `cannot be used: ${failure?.message ?? 'no reason was given'}`;
  }
}

function todo({ daemon }: Evidence): string {
  switch (daemon?.failure?.code) {
    case 'not-permitted':
      return 'Let the user into the group of the socket; whoever is in it is root on this host. Rootless Docker needs no such group.';
    case 'proxy-refuses':
      return 'Allow the call in the settings of the socket proxy.';
    case 'too-old':
      return 'Bring Docker up to date.';
    default:
      return 'Start the daemon, or correct the address: DOCKER_HOST or the current context names it.';
  }
}

function commands(evidence: Evidence): Command[] {
  switch (evidence.daemon?.failure?.code) {
    case 'not-permitted':
      return [
        onHost(
          evidence,
          'linux',
          'sudo usermod --append --groups docker "$USER"',
          'lets this user use Docker, which makes it as mighty as root. It needs root, and counts from the next sign-in on.',
        ),
      ];
    case 'proxy-refuses':
    case 'too-old':
      return [];
    default:
      return [
        onHost(
          evidence,
          'linux',
          'systemctl status docker',
          'shows whether the daemon runs, and its last lines.',
        ),
        onHost(
          evidence,
          'linux',
          'sudo systemctl start docker',
          'starts the daemon. It needs root, as the daemon is root’s.',
        ),
        onHost(evidence, 'any', 'docker context ls', 'shows which address docker uses.'),
      ];
  }
}
