import type { Recognition } from '@pull-doctor/contract/recognition';
import type { IconId } from '../../ui/Icon.tsx';
import { countText } from '../../ui/time-text.ts';
import { clientText } from './text/client-words.ts';

export interface Chip {
  id: 'kind' | 'registry' | 'image' | 'secrets';
  icon: IconId;
  text: string;
}

const kinds: Record<Exclude<Recognition['kind'], 'command' | 'error'>, { icon: IconId; text: string }> = {
  reference: { icon: 'layers', text: 'Image' },
  compose: { icon: 'file', text: 'Compose file' },
  kubernetes: { icon: 'file', text: 'Kubernetes file' },
  dockerfile: { icon: 'file', text: 'Dockerfile' },
  text: { icon: 'log', text: 'Text' },
};

/** What was recognised in the field, as the chips under it. The platform has its own, which can be changed. */
export function chipsOf(recognition: Recognition | undefined, secretsHidden: number): Chip[] {
  const chips: Chip[] = [];
  if (recognition) {
    chips.push({ id: 'kind', ...kindChip(recognition) });
    const { reference } = recognition;
    if (reference) {
      chips.push({ id: 'registry', icon: 'registry', text: reference.registry });
      if (recognition.kind !== 'reference')
        chips.push({ id: 'image', icon: 'tag', text: withoutRegistry(reference) });
    }
  }
  if (secretsHidden > 0)
    chips.push({ id: 'secrets', icon: 'lock', text: `${countText(secretsHidden, 'secret')} hidden` });
  return chips;
}

function kindChip({ kind, client }: Recognition): { icon: IconId; text: string } {
  if (kind === 'command') return { icon: 'terminal', text: `${client ?? 'Shell'} command` };
  if (kind === 'error')
    return { icon: 'log', text: client ? `Error text, ${clientText(client)}` : 'Error text' };
  return kinds[kind];
}

function withoutRegistry({ repository, tag, digest }: NonNullable<Recognition['reference']>): string {
  return `${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest.slice(0, 19)}…` : ''}`;
}

/** How many secrets a text shows as hidden. */
export const hiddenIn = (text: string): number => text.split('[redacted').length - 1;
