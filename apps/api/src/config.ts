import path from 'node:path';
import * as z from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['0', '1']).transform((text) => text === '1');
const token = z.string().min(32).or(z.literal(''));

/** `/root/.docker,deploy=/home/deploy/.docker`: folders of Docker's configuration; one without a name is named by its place. */
const configFolders = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => {
        const [, name, folder = ''] = /^(?:([^=/]+)=)?(.*)$/s.exec(part) ?? [];
        return {
          name: name?.trim() || userOfFolder(folder),
          folder: path.normalize(folder).replace(/(?<=.)\/+$/, ''),
        };
      }),
  )
  .refine((configs) => configs.every(({ folder }) => path.isAbsolute(folder)))
  .refine((configs) => new Set(configs.map(({ name }) => name)).size === configs.length);

/**
 * Every setting: its variable, the form that it must have, what is expected in words, its default, and the sentence
 * that the README prints. The README's table is compared with this list in a test.
 */
const settings = {
  PULL_DOCTOR_HOST: {
    schema: z.string().min(1),
    fallback: '127.0.0.1',
    expected: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
    says: 'The address that the server listens on.',
  },
  PULL_DOCTOR_PORT: {
    schema: port,
    fallback: '8787',
    expected: 'a port from 0 to 65535',
    says: 'The port of the page and the API; 0 takes a free one.',
  },
  PULL_DOCTOR_DATA: {
    schema: z.string().min(1),
    fallback: './data',
    expected: 'a folder that can be written',
    says: 'The folder of the SQLite file and of the admin token.',
  },
  PULL_DOCTOR_URL: {
    schema: z.url({ protocol: /^https?$/ }).or(z.literal('')),
    fallback: '',
    expected: 'an address such as https://pulls.example.com, or nothing',
    says: 'The address that people open, where a reverse proxy stands in front; the sign-in link is made with it.',
  },
  PULL_DOCTOR_ADMIN_TOKEN: {
    schema: token,
    fallback: '',
    expected: '32 characters at least, or nothing',
    says: 'The bearer token for programs; where it is not set, one is made once and kept in the data folder with mode 0600.',
  },
  PULL_DOCTOR_DEADLINE_SECONDS: {
    schema: z.coerce.number().min(1).max(120),
    fallback: '15',
    expected: 'seconds from 1 to 120',
    says: 'The time that one diagnosis may take, without a real pull.',
  },
  PULL_DOCTOR_TRUSTED_REALMS: {
    schema: z.string().transform((text) =>
      text
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
    fallback: '',
    expected: 'host names, separated by commas',
    says: 'Hosts of token servers that may get a credential although they are on another domain than their registry.',
  },
  PULL_DOCTOR_DAEMON_LOG: {
    schema: z.string().min(1),
    fallback: 'auto',
    expected: 'auto, journald, none, - for standard input, or the path of a log file',
    says: "The daemon's log, in which failed pulls are seen: journald, a file, - for standard input, or none; auto takes journald where systemd runs, else /var/log/docker.log.",
  },
  PULL_DOCTOR_DOCKER_ETC: {
    schema: z.string().min(1),
    fallback: '/etc/docker',
    expected: 'a folder',
    says: "The daemon's configuration: daemon.json and certs.d.",
  },
  PULL_DOCTOR_IN_CONTAINER: {
    schema: flag,
    fallback: '0',
    expected: '0 or 1',
    says: "Set in the container image: credential helpers that are not there are the host's, not missing.",
  },
  PULL_DOCTOR_CONFIGS: {
    schema: configFolders,
    fallback: '',
    expected: 'folders such as /root/.docker or NAME=FOLDER, separated by commas, each name once',
    says: 'Folders of further users’ Docker configuration, whose registries are watched as well.',
  },
  PULL_DOCTOR_CHECK_SECONDS: {
    // Ten seconds are the least that two requests a second and a registry's patience allow.
    schema: z
      .literal('0')
      .transform(() => 0)
      .or(z.coerce.number().int().min(10).max(86_400)),
    fallback: '300',
    expected: 'seconds from 10 to 86400, or 0 for no checks in the background',
    says: 'How often every registry that is in use is checked; 0 turns the checks in the background off.',
  },
  PULL_DOCTOR_DIAGNOSE_NEW: {
    schema: flag,
    fallback: '1',
    expected: '0 or 1',
    says: 'A pull that fails in a new way is diagnosed by itself, six times an hour at most; 0 turns that off.',
  },
  PULL_DOCTOR_METRICS_TOKEN: {
    schema: token,
    fallback: '',
    expected: '32 characters at least, or nothing',
    says: 'The bearer token that may read `/metrics` and nothing else; without it only the admin token may.',
  },
  PULL_DOCTOR_BADGES: {
    schema: flag,
    fallback: '0',
    expected: '0 or 1',
    says: '1 shows a badge with a registry’s host and status to everybody who can reach Pull Doctor.',
  },
  PULL_DOCTOR_HISTORY_DAYS: {
    schema: z.coerce.number().int().min(1).max(3650),
    fallback: '90',
    expected: 'days from 1 to 3650',
    says: 'How long each pull attempt is kept; what is counted by the hour stays 400 days.',
  },
  PULL_DOCTOR_HISTORY_MB: {
    schema: z.coerce.number().int().min(10).max(1_000_000),
    fallback: '1000',
    expected: 'megabytes from 10 to 1000000',
    says: 'How large the database file may grow before the oldest pull attempts are deleted.',
  },
} satisfies Record<string, { schema: z.ZodType; fallback: string; expected: string; says: string }>;

type Settings = typeof settings;
type Value<Name extends keyof Settings> = z.output<Settings[Name]['schema']>;

export interface Config {
  host: Value<'PULL_DOCTOR_HOST'>;
  port: number;
  dataFolder: string;
  /** Without a slash at its end; empty where it is not set. */
  publicUrl: string;
  adminToken: string;
  deadlineMs: number;
  trustedRealmHosts: string[];
  daemonLog: string;
  dockerEtc: string;
  inContainer: boolean;
  /** Further users, besides the one whose configuration Docker's own variables name. */
  configFolders: Value<'PULL_DOCTOR_CONFIGS'>;
  /** Null: no checks in the background. */
  checkSeconds: number | null;
  diagnosesNew: boolean;
  metricsToken: string;
  badges: boolean;
  historyDays: number;
  historyMegabytes: number;
}

export type ConfigRead =
  /** `unknown`: variables that look like settings and are none: a slip of the pen, or a newer version's. */
  { ok: true; config: Config; unknown: string[] } | { ok: false; complaints: string[] };

/** The settings as the README lists them: variable, default, sentence. */
export const settingsTable = Object.entries(settings).map(([name, { fallback, says }]) => ({
  name,
  fallback,
  says,
}));

/** Reads the settings; each complaint names the variable, its value (never a token's) and what is expected. */
export function readConfig(env: Record<string, string | undefined>): ConfigRead {
  const complaints: string[] = [];
  const read = <Name extends keyof Settings>(name: Name): Value<Name> => {
    // An empty variable is one that is not set, as compose files write it.
    const text = env[name] || settings[name].fallback;
    const parsed = settings[name].schema.safeParse(text);
    if (parsed.success) return parsed.data as Value<Name>;
    const shown = name.endsWith('_TOKEN') ? `${text.length} characters long` : `"${text}"`;
    complaints.push(`${name} is ${shown}; expected is ${settings[name].expected}.`);
    return undefined as Value<Name>;
  };
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith('PULL_DOCTOR_') && !(name in settings) && !/^PULL_DOCTOR_(?:TEST|NAMESPACE)/.test(name),
  );
  const config: Config = {
    host: read('PULL_DOCTOR_HOST'),
    port: read('PULL_DOCTOR_PORT'),
    dataFolder: path.resolve(read('PULL_DOCTOR_DATA') ?? '.'),
    publicUrl: (read('PULL_DOCTOR_URL') ?? '').replace(/\/+$/, ''),
    adminToken: read('PULL_DOCTOR_ADMIN_TOKEN'),
    deadlineMs: read('PULL_DOCTOR_DEADLINE_SECONDS') * 1000,
    trustedRealmHosts: read('PULL_DOCTOR_TRUSTED_REALMS'),
    daemonLog: read('PULL_DOCTOR_DAEMON_LOG'),
    dockerEtc: read('PULL_DOCTOR_DOCKER_ETC'),
    inContainer: read('PULL_DOCTOR_IN_CONTAINER'),
    configFolders: read('PULL_DOCTOR_CONFIGS'),
    checkSeconds: read('PULL_DOCTOR_CHECK_SECONDS') || null,
    diagnosesNew: read('PULL_DOCTOR_DIAGNOSE_NEW'),
    metricsToken: read('PULL_DOCTOR_METRICS_TOKEN'),
    badges: read('PULL_DOCTOR_BADGES'),
    historyDays: read('PULL_DOCTOR_HISTORY_DAYS'),
    historyMegabytes: read('PULL_DOCTOR_HISTORY_MB'),
  };
  return complaints.length > 0 ? { ok: false, complaints } : { ok: true, config, unknown };
}

/** `/home/deploy/.docker` is deploy's; of another folder its own name is the best that there is. */
function userOfFolder(folder: string): string {
  const name = path.basename(folder);
  return (name === '.docker' ? path.basename(path.dirname(folder)) : name) || folder;
}
