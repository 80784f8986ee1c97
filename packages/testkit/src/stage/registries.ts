import { join } from 'node:path';
import type { CertificateFiles, Certificates } from '../certificates.ts';
import { type DebianRegistryAuth, startDebianRegistry } from '../debian-registry.ts';
import { alice } from '../faults/accounts.ts';
import type { Listening } from '../http-listener.ts';
import { arm64OnlyImage, multiPlatformImage, singleManifestImage, type TestImage } from '../images.ts';
import { pushImage } from '../push-image.ts';
import type { RegistryAuth } from '../registry-auth.ts';
import { startRegistry } from '../registry-server.ts';
import type { TokenServer } from '../token-server.ts';

/** The registries that follow distribution to the letter, each on loopback over plain http. */
export interface Registries {
  software: 'docker-registry' | 'built-in';
  open: Listening;
  basic: Listening;
  /** Its realm is the token server's address. */
  token: Listening;
  /** Its realm is the token server's name, for those who come by name. */
  tokenByName: Listening;
}

const service = 'clinic-registry';

/** What all of them hold: repository -> tag -> image. */
export const seedImages: Record<string, Record<string, TestImage>> = {
  'team/app': { '1.0': singleManifestImage('team app') },
  'bob/app': { '1.0': singleManifestImage('bob app') },
  'public/app': {
    '1.0': singleManifestImage('public app'),
    latest: singleManifestImage('public app latest'),
  },
  'public/multi': { '1.0': multiPlatformImage('public multi') },
  'public/oci': { '1.0': multiPlatformImage('public oci', { flavour: 'oci' }) },
  'public/arm': { '1.0': arm64OnlyImage('public arm') },
};

/** Starts Debian's registry where it is installed and ours elsewhere: the answers are the same. */
export async function startRegistries(
  folder: string,
  certificates: Certificates,
  files: CertificateFiles,
  tokenServer: TokenServer,
  realmByName: string,
): Promise<Registries> {
  const users = { [alice.user]: alice.password };
  const bearer = (realm: string) => ({ realm, service, issuer: tokenServer.issuer });
  const debian = async (name: string, auth: DebianRegistryAuth) =>
    startDebianRegistry({ folder: join(folder, name), storage: join(folder, 'images'), auth });
  const debianToken = (realm: string): DebianRegistryAuth => ({
    kind: 'token',
    ...bearer(realm),
    signerCertificateFile: files.tokenSigner,
  });
  const started = await Promise.all([
    debian('open', { kind: 'open' }),
    debian('basic', { kind: 'htpasswd', realm: 'Clinic', users }),
    debian('token', debianToken(tokenServer.realm)),
    debian('token-by-name', debianToken(realmByName)),
  ]);
  const [open, basic, token, tokenByName] = started;
  if (open.ok && basic.ok && token.ok && tokenByName.ok) {
    await seed(open.url);
    return { software: 'docker-registry', open, basic, token, tokenByName };
  }
  const builtIn = (auth: RegistryAuth) => startRegistry({ auth, repositories: seedImages });
  const builtInToken = (realm: string): RegistryAuth => ({
    kind: 'bearer',
    ...bearer(realm),
    signerCertificate: certificates.tokenSigner.cert,
  });
  return {
    software: 'built-in',
    open: await builtIn({ kind: 'open' }),
    basic: await builtIn({ kind: 'basic', realm: 'Clinic', users }),
    token: await builtIn(builtInToken(tokenServer.realm)),
    tokenByName: await builtIn(builtInToken(realmByName)),
  };
}

async function seed(registryUrl: string): Promise<void> {
  const all = Object.entries(seedImages).flatMap(([repository, tags]) =>
    Object.entries(tags).map(([tag, image]) => pushImage(registryUrl, repository, tag, image)),
  );
  await Promise.all(all);
}
