import type { CredentialsEvidence, UsedCredential } from '@pull-doctor/contract/evidence/credentials';
import type { Finding } from '@pull-doctor/contract/finding';
import type {
  BoardGroup,
  CheckEvidence,
  CredentialEnd,
  RegistryBoard,
  RegistryRow,
} from '@pull-doctor/contract/registries';
import { diagnose } from '@pull-doctor/diagnosis/engine';
import { providerById, providerOf } from '@pull-doctor/diagnosis/providers/providers';
import { canonical } from '@pull-doctor/diagnosis/reference/names';
import { parseReference } from '@pull-doctor/diagnosis/reference/parse-reference';
import { withoutScheme } from '@pull-doctor/diagnosis/reference/web-address';

/*
 * Until packages/diagnosis has a judgement of logins: the order of statuses by what the check saw and by the end that the
 * credential tells, with the words of the rules.
 */

export type Judged = Pick<
  RegistryRow,
  | 'status'
  | 'why'
  | 'cause'
  | 'login'
  | 'end'
  | 'countedAs'
  | 'certificateEndsAt'
  | 'credential'
  | 'rateLimit'
>;

export interface LoginQuestion {
  evidence: CheckEvidence | null;
  credentials: CredentialsEvidence | null;
  now: Date;
  enteredEnd: string | null;
  checks: { everySeconds: number | null; lastAt: string | null };
}

export function judgeLogin(question: LoginQuestion): Judged {
  const { evidence, credentials } = question;
  const used = (credentials ?? evidence?.credentials)?.used ?? null;
  const end = endOf(used, question);
  const ends = evidence?.tls?.chain.map(({ notAfter }) => notAfter) ?? [];
  return {
    ...statusOf(question, used, end),
    end,
    login: used === null ? 'not-sent' : (evidence?.token?.login?.outcome ?? 'unknown'),
    countedAs: null,
    certificateEndsAt: ends.toSorted()[0] ?? null,
    credential: used && {
      ...used,
      keptIn: used.helper ?? (used.place === 'DOCKER_AUTH_CONFIG' ? used.place : 'config.json'),
      path: used.place === 'auths' ? ((credentials ?? evidence?.credentials)?.file.path ?? null) : null,
    },
    rateLimit: evidence?.rateLimit ?? null,
  };
}

type Status = Pick<Judged, 'status' | 'why' | 'cause'>;

function statusOf(
  { evidence, credentials, now, checks }: LoginQuestion,
  used: UsedCredential | null,
  end: CredentialEnd,
): Status {
  const unknown = (why: string): Status => ({ status: 'unknown', why, cause: null });
  const leftMs = end.endsAt === null ? null : Date.parse(end.endsAt) - now.getTime();
  const expired: Status = {
    status: 'expired',
    why: `${end.says}: it has ended.`,
    cause: 'credentials-expired',
  };
  const isOver = leftMs !== null && leftMs <= 0 && end.from !== 'entered';
  if (evidence === null || checks.lastAt === null)
    return checks.everySeconds === null
      ? unknown('Checks are off, and it was not checked by hand.')
      : unknown('It was not checked yet.');
  const ageMs = now.getTime() - Date.parse(checks.lastAt);
  if (checks.everySeconds !== null && ageMs > 3 * checks.everySeconds * 1000)
    return isOver ? expired : unknown('The last check is older than three intervals.');
  const [finding] = findingsOf(evidence);
  const failure =
    evidence.dns?.failure ??
    evidence.tcp?.failure ??
    evidence.proxy?.failure ??
    evidence.tls?.failure ??
    evidence.ping?.exchange.failure;
  const status = evidence.ping?.exchange.answer?.status ?? 0;
  if (failure || evidence.tls?.use === 'failed' || evidence.ping?.isRegistry === 'no' || status >= 500)
    return {
      status: 'unreachable',
      why: finding?.what ?? failure?.message ?? `The registry answers ${status}.`,
      cause: finding?.cause ?? null,
    };
  if (evidence.cutOff) return { status: 'unreachable', why: evidence.cutOff, cause: null };
  if (isOver) return expired;
  const before = evidence.credentials?.used ?? null;
  if (
    credentials &&
    JSON.stringify([before?.place, before?.user, before?.secretLength, before?.expiry.endsAt]) !==
      JSON.stringify([used?.place, used?.user, used?.secretLength, used?.expiry.endsAt])
  )
    return unknown('The credential was changed since the last check.');
  const login = evidence.token?.login;
  // The registry's own words: an ECR password whose end cannot be read is refused as expired.
  if (
    login?.outcome === 'refused' &&
    login.errors.some(({ message }) => /\btoken has expired\b/i.test(message))
  )
    return { status: 'expired', why: 'The registry says that it has expired.', cause: 'credentials-expired' };
  if (login?.outcome === 'refused')
    return { status: 'invalid', why: login.why, cause: 'credentials-invalid' };
  if (used === null) return { status: 'missing', why: 'No credential is stored for it.', cause: null };
  const isOpen = evidence.token?.scheme === 'none';
  if (!isOpen && login?.outcome !== 'accepted')
    return unknown(login?.why ?? 'What it says of the credential is not known.');
  if (
    leftMs !== null &&
    (leftMs < 600_000 || (end.thresholdSeconds !== null && leftMs <= end.thresholdSeconds * 1000))
  )
    return { status: 'expiring', why: `${end.says}: it ends soon.`, cause: null };
  return {
    status: 'ok',
    why: login?.outcome === 'accepted' ? login.why : 'It lets everybody in, and asked for no login.',
    cause: null,
  };
}

/** What a pull that went this far would be put down to. */
function findingsOf(evidence: CheckEvidence): Finding[] {
  const { version, now, registry, dns, tcp, proxy, tls, ping } = evidence;
  const steps = { dns, tcp, proxy, tls, ping };
  const seen = Object.fromEntries(Object.entries(steps).filter(([, value]) => value !== undefined));
  const reference = { registry, repository: 'any/image', tag: 'latest', digest: null };
  const text = canonical(reference);
  return diagnose({
    version,
    now,
    input: '',
    vantage: { from: 'pull-doctor', notes: [] },
    notSeen: {},
    reference: { text, reference, fault: null, familiar: text, canonical: text, endpoint: null },
    ...seen,
  }).findings;
}

function endOf(used: UsedCredential | null, { evidence, enteredEnd, now }: LoginQuestion): CredentialEnd {
  const none = { endsAt: null, lifetimeSeconds: null, thresholdSeconds: null, readAt: null, renewedBy: null };
  if (used === null) return { ...none, state: 'nothing', says: 'There is no credential.', from: 'none' };
  const { expiry, helper } = used;
  if (expiry.endsAt === null && enteredEnd !== null)
    return {
      ...none,
      state: 'ends',
      endsAt: enteredEnd,
      thresholdSeconds: thresholdOf(null, enteredEnd, now),
      says: 'Entered by hand',
      from: 'entered',
    };
  const from = expiry.state === 'renews-itself' ? 'helper' : expiry.state === 'unknown' ? 'none' : 'token';
  const lifetimeSeconds =
    expiry.endsAt && expiry.issuedAt
      ? Math.max(0, Math.round((Date.parse(expiry.endsAt) - Date.parse(expiry.issuedAt)) / 1000))
      : null;
  return {
    ...none,
    state: expiry.state,
    endsAt: expiry.endsAt,
    lifetimeSeconds,
    thresholdSeconds: expiry.endsAt === null ? null : thresholdOf(lifetimeSeconds, expiry.endsAt, now),
    says: expiry.source,
    from,
    readAt: evidence?.now ?? null,
    renewedBy: expiry.state === 'renews-itself' ? helper : null,
  };
}

const daySeconds = 86_400;

/** DESIGN section 5, "Thresholds". */
function thresholdOf(lifetime: number | null, endsAt: string, now: Date): number {
  if (lifetime === null)
    return Date.parse(endsAt) - now.getTime() <= daySeconds * 1000 ? 1_800 : 14 * daySeconds;
  return Math.round(
    lifetime <= daySeconds ? Math.min(1_800, lifetime / 4) : Math.min(14 * daySeconds, lifetime * 0.15),
  );
}

const groups: Record<RegistryRow['status'], BoardGroup> = {
  unreachable: 'attention',
  expired: 'attention',
  invalid: 'attention',
  missing: 'fine',
  expiring: 'expiring',
  ok: 'fine',
  unknown: 'not-checked',
  running: 'not-checked',
};

export function groupOf({
  status,
  failedPulls24h,
}: Pick<RegistryRow, 'status' | 'failedPulls24h'>): BoardGroup {
  return status === 'missing' && failedPulls24h > 0 ? 'attention' : groups[status];
}

const order: readonly BoardGroup[] = ['attention', 'expiring', 'not-checked', 'fine'];

export function boardOf({
  rows,
}: {
  rows: readonly RegistryRow[];
  now: Date;
  intervalSeconds: number | null;
}): Pick<RegistryBoard, 'title' | 'under' | 'items'> {
  const items = rows.toSorted(
    (a, b) =>
      order.indexOf(a.group) - order.indexOf(b.group) ||
      b.failedPulls24h - a.failedPulls24h ||
      (a.end.endsAt ?? '9').localeCompare(b.end.endsAt ?? '9') ||
      a.name.localeCompare(b.name),
  );
  const many = (group: BoardGroup) => rows.filter((row) => row.group === group).length;
  const all = rows.length === 1 ? 'The registry' : `All ${rows.length} registries`;
  const [first] = items;
  if (!first)
    return {
      title: 'Nothing to watch yet',
      under: 'No configuration, image or pull names a registry.',
      items,
    };
  const under = `${first.name}: ${first.why}`;
  if (many('attention') > 0)
    return {
      title: `${many('attention')} of ${rows.length} ${rows.length === 1 ? 'registry needs' : 'registries need'} attention`,
      under,
      items,
    };
  if (many('not-checked') > 0)
    return {
      title: `${rows.length - many('not-checked')} of ${rows.length} registries are fine, ${many('not-checked')} ${many('not-checked') === 1 ? 'was' : 'were'} not checked`,
      under,
      items,
    };
  if (many('expiring') > 0)
    return {
      title: `${all} ${rows.length === 1 ? 'works' : 'work'}. ${many('expiring')} ${many('expiring') === 1 ? 'expires' : 'expire'} soon`,
      under,
      items,
    };
  return { title: `${all} ${rows.length === 1 ? 'is' : 'are'} fine`, under, items };
}

const marks: Record<string, string> = {
  'docker-hub': 'DH',
  ecr: 'EC',
  'ecr-public': 'EC',
  ghcr: 'GH',
  'artifact-registry': 'AR',
  acr: 'AZ',
  gitlab: 'GL',
  quay: 'QY',
  harbor: 'HB',
  nexus: 'NX',
  artifactory: 'JF',
};

export function nameOf(host: string, providerId?: string): Pick<RegistryRow, 'name' | 'provider'> {
  const { id, name } = providerId === undefined ? providerOf(host) : providerById(providerId);
  const region = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\./.exec(host)?.[1];
  const mark =
    marks[id] ??
    host
      .replace(/[^a-z0-9]/gi, '')
      .slice(0, 2)
      .toUpperCase();
  return {
    name: region ? `ECR ${region}` : host === 'docker.io' ? 'Docker Hub' : host,
    provider: { id, name, mark },
  };
}

export function readHost(
  text: string,
): { ok: true; host: string } | { ok: false; what: string; fix: string } {
  const fix = 'Only the host: ghcr.io. The rest belongs to the image name.';
  const bare = withoutScheme(text.trim().replace(/^docker\s+pull\s+/i, ''));
  if (/^[^/]*@/.test(bare) && !bare.includes('@sha256:'))
    return { ok: false, what: 'The address holds a login, which does not belong here.', fix };
  const parsed = parseReference(bare.includes('/') ? bare.replace(/\/+$/, '') : `${bare}/any/image`);
  const alone =
    parsed.ok && !bare.replace(/\/+$/, '').includes('/')
      ? parsed.reference.registry === bare.replace(/\/+$/, '')
      : parsed.ok;
  if (parsed.ok && (alone || bare === 'index.docker.io'))
    return { ok: true, host: parsed.reference.registry };
  const bareHost = parseReference(`${bare.replace(/\/+$/, '')}/any/image`);
  if (
    bareHost.ok &&
    /[.:]|^localhost$/.test(bareHost.reference.registry) &&
    bareHost.reference.repository === 'any/image'
  )
    return { ok: true, host: bareHost.reference.registry };
  return { ok: false, what: 'This names no host of a registry.', fix };
}
