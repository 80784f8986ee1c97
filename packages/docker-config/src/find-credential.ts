import type { Credential } from '@pull-doctor/contract/credential';
import type {
  CredentialSource,
  CredentialsEvidence,
  HelperRun,
  UsedCredential,
} from '@pull-doctor/contract/evidence/credentials';
import { redactText } from '@pull-doctor/contract/redact';
import type { Secret } from '@pull-doctor/contract/secret';
import { readExpiry } from '@pull-doctor/diagnosis/expiry/read-expiry';
import type { ClientConfig, Environment } from './client-config.ts';
import { readAuthVariable } from './docker-auth-config.ts';
import { fileEntryFor, readFileEntry } from './file-entry.ts';
import { askHelper } from './helper.ts';
import { chooseHelper } from './helper-choice.ts';
import { describeHelper } from './helper-words.ts';
import { deadKey, lookupKeyOf } from './registry-key.ts';
import { shownKey } from './shown-key.ts';

export interface CredentialQuestion {
  config: ClientConfig;
  /** As in the reference: `docker.io`, `ghcr.io`, `localhost:5000`. */
  registry: string;
  /** DOCKER_AUTH_CONFIG, PATH, and what helpers need. */
  env: Environment;
  signal: AbortSignal;
  now: Date;
  /** Pull Doctor runs in a container and docker does not: a helper that is not here may be there. */
  elsewhere?: boolean;
  helperTimeoutMs?: number;
}

export interface FoundCredential {
  evidence: CredentialsEvidence;
  credential: Credential | null;
}

type Source = CredentialSource;
type Place = Source['place'];
const places: readonly Place[] = ['DOCKER_AUTH_CONFIG', 'credHelpers', 'credsStore', 'auths'];

/**
 * Finds the credential that docker would send for a registry, in its order: DOCKER_AUTH_CONFIG, `credHelpers`,
 * `credsStore`, `auths` (docker/cli, cli/config/configfile/file.go and cli/config/credentials/). Runs the helper.
 *
 * A helper that says "not found" hides what `auths` holds; one that fails does not, since `docker pull` drops its error.
 * The evidence has every place with its reason, and no secret; the credential is null where docker would send none, or
 * where it cannot be told. Never throws for what the configuration is.
 */
export async function findCredential(question: CredentialQuestion): Promise<FoundCredential> {
  const { config, registry, env } = question;
  const key = lookupKeyOf(registry);
  const sources: Source[] = [];
  const notes: string[] = [];
  const found = (credential: Credential | null, place: Place, entryKey: string, helper: HelperRun | null) =>
    finish(question, sources, notes, credential && { credential, place, key: entryKey }, helper);

  const variable = readAuthVariable(env.DOCKER_AUTH_CONFIG);
  sources.push(...variableSource(variable, key));
  const login = variable.state === 'read' ? variable.logins.get(key) : undefined;
  if (login) {
    notes.push(
      'Docker reads DOCKER_AUTH_CONFIG since version 28.3; an older docker goes on to the next place.',
    );
    return found({ kind: 'basic', ...login }, 'DOCKER_AUTH_CONFIG', key, null);
  }

  const choice = await chooseHelper(config, key, env);
  sources.push(...choice.passedOver);
  const entry = fileEntryFor(config, key);
  if (entry.note) notes.push(entry.note);
  if (choice.helper === null) {
    const read = readFileEntry(config, key, entry);
    sources.push(read.source);
    return found(read.credential, 'auths', read.key, null);
  }

  if (choice.note) notes.push(choice.note);
  const { run, credential: answer } = await askHelper({
    name: choice.helper,
    server: key,
    env,
    signal: question.signal,
    elsewhere: question.elsewhere ?? false,
    ...(question.helperTimeoutMs === undefined ? {} : { timeoutMs: question.helperTimeoutMs }),
  });
  const place = choice.place;
  const fromHelper = credentialOf(answer);
  const { state, code, why } = describeHelper(run, fromHelper !== null, place);
  const helperSource: Source = { place, key: choice.key, state, code, why, helper: choice.helper };

  // A registry token of the file outlives every helper, and dockerd prefers it to all others.
  const registryToken = entry.entry?.registryToken ?? null;
  if (registryToken && run.outcome !== 'timed-out') {
    const overruled = { state: 'passed-over', code: 'earlier-place-won' } as const;
    const why = 'The registry token in auths comes before what a helper has.';
    sources.push(state === 'used' ? { ...helperSource, ...overruled, why } : helperSource);
    sources.push(readFileEntry(config, key, entry).source);
    return found({ kind: 'registry-token', token: registryToken }, 'auths', entry.key, run);
  }
  sources.push(helperSource);
  switch (run.outcome) {
    case 'answered':
    case 'not-found':
      sources.push(hiddenEntry(config, key, `${run.program} is asked in its place.`));
      return found(fromHelper, place, choice.key ?? key, run);
    case 'elsewhere':
      sources.push(hiddenEntry(config, key, `${run.program} is asked in its place where docker runs.`));
      notes.push(
        `${run.program} is not where Pull Doctor runs. It may be on the host, and may know a credential.`,
      );
      return found(null, place, key, run);
    case 'timed-out':
      sources.push(hiddenEntry(config, key, `docker waits for ${run.program} without end.`));
      return found(null, place, key, run);
    case 'missing':
    case 'not-executable':
    case 'failed':
    case 'garbage':
    case 'name-refused': {
      const read = readFileEntry(config, key, entry);
      sources.push(read.source);
      if (read.credential)
        notes.push(
          'The helper fails, so docker falls back to the entry in auths. Docker 29 and later stop the pull instead.',
        );
      return found(read.credential, 'auths', read.key, run);
    }
  }
}

function finish(
  { config, registry, env, now }: CredentialQuestion,
  sources: Source[],
  notes: string[],
  won: { credential: Credential; place: Place; key: string } | null,
  helper: HelperRun | null,
): FoundCredential {
  const key = lookupKeyOf(registry);
  const variable = readAuthVariable(env.DOCKER_AUTH_CONFIG);
  const inHelper = won !== null && (won.place === 'credHelpers' || won.place === 'credsStore');
  const evidence: CredentialsEvidence = {
    lookupKey: key,
    file: config.file,
    environment: { state: variable.state, what: variable.state === 'broken' ? variable.what : null },
    sources: [...sources, ...unreached(sources), ...deadSources(config, registry)].sort(
      (a, b) => places.indexOf(a.place) - places.indexOf(b.place),
    ),
    used: won && describeUsed(won, inHelper ? (helper?.name ?? null) : null, registry, now),
    helper,
    deadEntries: deadEntries(config, registry),
    notes,
  };
  return { evidence, credential: won?.credential ?? null };
}

function describeUsed(
  { credential, place, key }: { credential: Credential; place: Place; key: string },
  helper: string | null,
  registry: string,
  now: Date,
): UsedCredential {
  const secret = credential.kind === 'basic' ? credential.password : credential.token;
  const user = credential.kind === 'basic' ? credential.user : null;
  const reading = readExpiry({ registry, user, secret, kind: credential.kind, helper, now });
  return {
    place,
    key,
    kind: credential.kind,
    user: user === null ? null : shownUser(user, secret),
    helper,
    secretLength: secret.reveal().length,
    ...reading,
  };
}

/** DigitalOcean takes its token in place of the user's name as well: a name that is a secret is not shown. */
function shownUser(user: string, secret: Secret): string | null {
  return user === secret.reveal() || redactText(user).hidden > 0 ? null : user;
}

/** `<token>` in place of a user marks an identity token. Docker sends neither half of a login alone. */
function credentialOf(answer: Awaited<ReturnType<typeof askHelper>>['credential']): Credential | null {
  if (!answer || answer.secret.reveal() === '') return null;
  if (answer.user === '<token>') return { kind: 'identity-token', token: answer.secret };
  return answer.user === '' ? null : { kind: 'basic', user: answer.user, password: answer.secret };
}

function variableSource(variable: ReturnType<typeof readAuthVariable>, key: string): Source[] {
  const source = { place: 'DOCKER_AUTH_CONFIG', key, helper: null } as const;
  switch (variable.state) {
    case 'not-set':
      return [{ ...source, key: null, state: 'absent', code: 'not-set', why: 'The variable is not set.' }];
    case 'broken':
      return [
        {
          ...source,
          key: variable.key,
          state: 'broken',
          code: variable.code,
          why: `Docker ignores the variable. ${variable.what}`,
        },
      ];
    case 'read':
      return variable.logins.has(key)
        ? [usedSource('DOCKER_AUTH_CONFIG', key, 'The variable holds a login for this registry.')]
        : [
            {
              ...source,
              state: 'passed-over',
              code: 'no-entry',
              why: `The variable has no login under ${key}.`,
            },
          ];
  }
}

function usedSource(place: Place, key: string, why: string): Source {
  return { place, key, state: 'used', code: 'used', why, helper: null };
}

/** What `auths` holds while a helper is asked in its place. */
function hiddenEntry(config: ClientConfig, key: string, why: string): Source {
  const entry = fileEntryFor(config, key);
  const read = readFileEntry(config, key, entry);
  if (read.credential === null) return read.source;
  return {
    ...read.source,
    state: 'passed-over',
    code: 'hidden-by-helper',
    why: `It holds a login, but ${why}`,
  };
}

/** Places behind the one that won; docker does not come to them. */
function unreached(sources: readonly Source[]): Source[] {
  const seen = new Set(sources.map(({ place }) => place));
  return places
    .filter((place) => !seen.has(place))
    .map((place) => ({
      place,
      key: null,
      state: 'passed-over',
      code: 'earlier-place-won',
      why: 'A place before this one has a login.',
      helper: null,
    }));
}

/** Entries of `auths` that look meant for the registry, as places that docker passes over. */
function deadSources(config: ClientConfig, registry: string): Source[] {
  return [...config.entries.keys()].flatMap((key) => {
    const dead = deadKey(key, registry);
    return dead
      ? [
          {
            place: 'auths' as const,
            key: shownKey(key),
            state: 'passed-over' as const,
            helper: null,
            ...dead,
          },
        ]
      : [];
  });
}

function deadEntries(config: ClientConfig, registry: string): CredentialsEvidence['deadEntries'] {
  const dead = (key: string, where: string) => {
    const found = deadKey(key, registry);
    return found ? [{ key: shownKey(key), why: `In ${where}: ${found.why}` }] : [];
  };
  return [
    ...[...config.credHelpers.keys()].flatMap((key) =>
      // helpers are found by the exact key only: no scheme, no path
      key !== lookupKeyOf(registry) && deadKey(key, registry) === null && isAddressOf(key, registry)
        ? [
            {
              key: shownKey(key),
              why: `In credHelpers: Docker reads only the key ${lookupKeyOf(registry)}, without scheme and path.`,
            },
          ]
        : dead(key, 'credHelpers'),
    ),
    ...[...config.entries.keys()].flatMap((key) => dead(key, 'auths')),
  ];
}

function isAddressOf(key: string, registry: string): boolean {
  return key.replace(/^https?:\/\//, '').split('/')[0] === registry;
}
