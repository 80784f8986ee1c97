import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Command } from '@pull-doctor/contract/finding';
import { onHost } from '../../facts/commands.ts';
import { hostName, subjectOf } from '../../facts/subject.ts';
import { bytes } from '../../words/bytes.ts';
import { defineRule } from '../define-rule.ts';
import { signs } from './signs.ts';

export const localStorage = defineRule({
  cause: 'local-storage',
  decides: 'How much space the image store has, and whether the daemon can write to it.',
  needs: ['daemon'],

  examine(evidence) {
    const need = neededBytes(evidence);
    const disk = evidence.daemon?.disk;
    // What is there already is not downloaded again.
    if (!disk || need === null || evidence.daemon?.localImage?.present) return;
    if (disk.freeBytes >= need) return;
    return {
      certainty: 'very-likely',
      what: `The image store on ${hostName(evidence)} is full.`,
      why: `${bytes(disk.freeBytes)} are free under ${disk.path}, and ${subjectOf(evidence).image} is ${bytes(need)} to download; unpacked it takes more.`,
      todo: 'Free space: remove what no container uses, or give the store a larger disk.',
      commands: commands(evidence),
      wizard: 'daemon-and-host',
      restsOn: ['daemon', 'platform'],
    };
  },

  rulesOut(evidence) {
    const disk = evidence.daemon?.disk;
    const need = neededBytes(evidence);
    // Unpacked layers are about two to three times their compressed size.
    if (!disk || need === null || disk.freeBytes < need * 4) return;
    return `${bytes(disk.freeBytes)} are free for an image of ${bytes(need)}.`;
  },

  staysOpen({ daemon, manifest }) {
    if (!manifest?.body || !daemon?.reached) return;
    if (!daemon.disk)
      return `the disk of the image store is seen: ${daemon.diskUnknown ?? 'Pull Doctor has no view of it'}.`;
    return 'the image is unpacked: only then its full size is known.';
  },

  signs,
  daemonDecides: true,
  heard: (evidence) => ({
    what: `The image store on ${hostName(evidence)} is full.`,
    todo: 'Free space: remove what no container uses, or give the store a larger disk.',
    commands: commands(evidence),
    wizard: 'daemon-and-host',
  }),
});

function neededBytes({ platform, manifest }: Evidence): number | null {
  return (platform?.image ?? manifest?.body)?.image?.compressedBytes ?? null;
}

function commands(evidence: Evidence): Command[] {
  return [
    onHost(
      evidence,
      'any',
      'docker system df',
      'shows what images, containers, volumes and the build cache take.',
    ),
    onHost(
      evidence,
      'any',
      'docker image prune',
      'removes images without a name that no container uses. It asks first.',
    ),
    onHost(evidence, 'any', 'docker builder prune', 'removes the build cache. It asks first.'),
  ];
}
