import { createHash, X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import tls from 'node:tls';
import { errorCode } from '../failure.ts';
import type { TrustSettings } from '../settings.ts';

/** What dockerd would trust for one registry, ready for a handshake. */
export interface Trust {
  context: tls.SecureContext;
  /** Files and folders that authorities came from. */
  sources: string[];
  authorities: Authorities;
  notes: string[];
  hasClientPair: boolean;
}

/** Trusted certificates; parsed one by one only when a chain has to be explained. */
export interface Authorities {
  count: number;
  certificates(): readonly X509Certificate[];
  fingerprints(): ReadonlySet<string>;
}

// crypto/x509/root_linux.go: the first file that can be read, and then every file of the folders.
const bundleFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const bundleDirs = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/**
 * Loads what dockerd trusts: the system's bundle as Go finds it, and the registry's folder in certs.d. Bundles are
 * parsed once and kept until their path or time of change differs.
 *
 * @param registryName as in the reference; its port belongs to the folder's name even where it is 443
 */
export async function loadTrust(settings: TrustSettings, registryName: string): Promise<Trust> {
  const [system, own] = await Promise.all([systemBundle(settings), certsD(settings, registryName)]);
  const pems = [...new Map([...system.pems, ...own.pems].map((pem) => [pem, pem])).values()];
  const key = createHash('sha256')
    .update(JSON.stringify([system.key, own.pems, own.cert ?? '', own.key ?? '']))
    .digest('hex');
  const kept = contexts.get(key) ?? makeContext(key, pems, own);
  return {
    context: kept.context,
    authorities: kept.authorities,
    sources: [...system.sources, ...own.sources],
    notes: [...system.notes, ...own.notes, ...kept.notes],
    hasClientPair: kept.hasClientPair,
  };
}

interface Kept {
  context: tls.SecureContext;
  authorities: Authorities;
  notes: string[];
  hasClientPair: boolean;
}

// Parsing a system's bundle takes 5 to 20 ms, which is more than the whole handshake with a near registry.
const contexts = new Map<string, Kept>();
const contextsMax = 8;

function makeContext(key: string, pems: string[], own: { cert: string | null; key: string | null }): Kept {
  const options: tls.SecureContextOptions = {
    ca: pems,
    // Go takes any certificate of the pool as the end of a chain, OpenSSL only self-signed ones unless told.
    allowPartialTrustChain: true,
  };
  const notes: string[] = [];
  let context: tls.SecureContext | undefined;
  if (own.cert && own.key) {
    try {
      context = tls.createSecureContext({ ...options, cert: own.cert, key: own.key });
    } catch (error) {
      notes.push(`The client certificate cannot be used: ${error instanceof Error ? error.message : error}`);
    }
  }
  const kept = {
    hasClientPair: context !== undefined,
    context: context ?? tls.createSecureContext(options),
    authorities: authoritiesOf(pems),
    notes,
  };
  const oldest = contexts.keys().next();
  if (contexts.size >= contextsMax && !oldest.done) contexts.delete(oldest.value);
  contexts.set(key, kept);
  return kept;
}

function authoritiesOf(pems: readonly string[]): Authorities {
  let parsed: X509Certificate[] | undefined;
  let prints: Set<string> | undefined;
  const certificates = () => {
    parsed ??= pems.map((pem) => new X509Certificate(pem));
    return parsed;
  };
  return {
    count: pems.length,
    certificates,
    fingerprints: () => {
      prints ??= new Set(certificates().map(({ fingerprint256 }) => fingerprint256));
      return prints;
    },
  };
}

interface Bundle {
  key: string;
  pems: readonly string[];
  sources: string[];
  notes: string[];
}

async function systemBundle({ certFile, certDir }: TrustSettings): Promise<Bundle> {
  const notes: string[] = [];
  const parts: Part[] = [];
  for (const file of certFile ? [certFile] : bundleFiles) {
    const part = await readPart(file, readPemFile);
    if (typeof part !== 'string') {
      parts.push(part);
      break;
    }
    if (certFile) notes.push(`SSL_CERT_FILE names ${file}, which cannot be read: ${part}`);
  }
  for (const folder of certDir ? certDir.split(':') : bundleDirs) {
    const part = await readPart(folder, readPemFolder);
    if (typeof part !== 'string') parts.push(part);
    else if (certDir) notes.push(`SSL_CERT_DIR names ${folder}, which cannot be read: ${part}`);
  }
  if (parts.length === 0) notes.push('No trusted authorities of the system were found.');
  return {
    key: parts.map(({ key }) => key).join('\n'),
    pems: parts.flatMap(({ pems }) => pems),
    sources: parts.map(({ path }) => path),
    notes,
  };
}

interface Part {
  key: string;
  path: string;
  pems: readonly string[];
}

const partsRead = new Map<string, Part>();

/** The certificates of a file or folder, or the reason why it cannot be read. */
async function readPart(path: string, read: (path: string) => Promise<string[]>): Promise<Part | string> {
  try {
    const { mtimeMs, size } = await stat(path);
    const key = `${path} ${mtimeMs} ${size}`;
    const known = partsRead.get(path);
    if (known?.key === key) return known;
    const part = { key, path, pems: await read(path) };
    partsRead.set(path, part);
    return part;
  } catch (error) {
    return errorCode(error) || String(error);
  }
}

async function readPemFile(path: string): Promise<string[]> {
  return certificatesIn(await readFile(path, 'latin1'));
}

async function readPemFolder(path: string): Promise<string[]> {
  const names = await readdir(path);
  const files = await Promise.allSettled(names.map((name) => readPemFile(join(path, name))));
  return files.flatMap((file) => (file.status === 'fulfilled' ? file.value : []));
}

// One certificate that does not parse must not take the others with it: OpenSSL would refuse the whole list. The
// blocks are made alike, so that one certificate in two files is one entry.
function certificatesIn(text: string): string[] {
  const blocks = text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END/g) ?? [];
  return blocks.flatMap((block) => {
    const base64 = block.replace(/-----[^-]*-----|-----END|\s/g, '');
    const pem = `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`;
    return parses(pem) ? [pem] : [];
  });
}

function parses(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch (error) {
    // Go's AppendCertsFromPEM skips what it cannot parse, too.
    if (error instanceof Error) return false;
    throw error;
  }
}

interface OwnCertificates {
  pems: string[];
  sources: string[];
  notes: string[];
  cert: string | null;
  key: string | null;
}

/** The registry's folder in certs.d: `*.crt` are authorities, `NAME.cert` with `NAME.key` is a client pair. */
async function certsD(settings: TrustSettings, registryName: string): Promise<OwnCertificates> {
  const own: OwnCertificates = { pems: [], sources: [], notes: [], cert: null, key: null };
  // The name comes from a parsed reference, which has no such parts; a path must not depend on that.
  if (/[/\\\0]|^\.{1,2}$/.test(registryName)) return own;
  for (const folder of settings.certsDirs.map((dir) => join(dir, registryName))) {
    const names = await namesIn(folder, own.notes);
    if (!names) continue;
    if (registryName === 'docker.io' && settings.store === 'graph-driver') {
      own.notes.push(`${folder} is there, but Docker ignores it for Docker Hub.`);
      continue;
    }
    if (names.includes('hosts.toml') && settings.store === 'containerd') {
      own.notes.push(`${folder} has a hosts.toml: Docker reads that instead of the *.crt files beside it.`);
    }
    for (const name of names) await readOwn(folder, name, names, own);
  }
  return own;
}

// The two texts are dockerd's own (daemon/pkg/registry, ReadCertsDirectory): there they end the pull.
async function readOwn(
  folder: string,
  name: string,
  names: readonly string[],
  own: OwnCertificates,
): Promise<void> {
  const path = join(folder, name);
  if (name.endsWith('.crt')) {
    const text = await readText(path, own.notes);
    if (text === null) return;
    const found = certificatesIn(text);
    if (found.length === 0) own.notes.push(`${path} holds no certificate.`);
    own.pems.push(...found);
    own.sources.push(path);
  } else if (name.endsWith('.cert')) {
    const key = name.replace(/\.cert$/, '.key');
    if (!names.includes(key)) {
      own.notes.push(
        `missing key ${key} for client certificate ${name}. CA certificates must use the extension .crt`,
      );
      return;
    }
    const [cert, keyText] = await Promise.all([
      readText(path, own.notes),
      readText(join(folder, key), own.notes),
    ]);
    if (cert === null || keyText === null) return;
    own.cert = cert;
    own.key = keyText;
    own.sources.push(path);
  } else if (name.endsWith('.key') && !names.includes(name.replace(/\.key$/, '.cert'))) {
    own.notes.push(`missing client certificate ${name.replace(/\.key$/, '.cert')} for key ${name}`);
  }
}

async function namesIn(folder: string, notes: string[]): Promise<string[] | null> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') notes.push(`${folder} cannot be read: ${errorCode(error)}`);
    return null;
  }
}

async function readText(path: string, notes: string[]): Promise<string | null> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    notes.push(`${path} cannot be read: ${errorCode(error)}`);
    return null;
  }
}
