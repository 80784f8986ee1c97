import type { RegistryRow } from '@pull-doctor/contract/registries';
import { spanText } from '../../../ui/time-text.ts';

export interface Pair {
  label: string;
  value: string;
  isCode?: boolean;
  note?: string;
}

const kinds = {
  basic: 'password',
  'identity-token': 'identity token',
  'registry-token': 'registry token',
} as const;

const logins: Record<RegistryRow['login'], string> = {
  accepted: 'accepted by the registry',
  refused: 'refused by the registry',
  'not-sent': 'not sent',
  unknown: 'unknown',
};

const counted = { anonymous: 'anonymous', user: 'user', robot: 'robot', unknown: 'unknown' } as const;

/** What is known of the credential without its secret, and as whom the registry takes it. */
export function credentialPairs({ credential, end, login, countedAs }: RegistryRow): Pair[] {
  const who: Pair[] = countedAs
    ? [
        {
          label: 'Counted as',
          value: countedAs.who ? `${countedAs.who}, ${counted[countedAs.as]}` : counted[countedAs.as],
          note: countedAs.says,
        },
      ]
    : [];
  if (credential === null) return [{ label: 'Kept in', value: 'none is stored for this host' }, ...who];
  const lives = end.lifetimeSeconds === null ? '' : `, lives ${spanText(end.lifetimeSeconds)}`;
  return [
    { label: 'Kind', value: `${credential.looksLike ?? kinds[credential.kind]}${lives}` },
    ...(credential.user ? [{ label: 'User', value: credential.user, isCode: true }] : []),
    { label: 'Secret', value: `[redacted ${credential.secretLength.toLocaleString('en')} chars]` },
    {
      label: 'Kept in',
      value: credential.path ?? credential.keptIn,
      isCode: true,
      note: `under ${credential.key}, by ${credential.place}`,
    },
    { label: 'Renewed by', value: end.renewedBy ?? 'nothing' },
    { label: 'Login', value: logins[login] },
    ...who,
  ];
}
