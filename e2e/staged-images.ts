import { alice } from '@pull-doctor/testkit/faults/accounts';
import type { Cause, Fault } from '@pull-doctor/testkit/faults/fault';
import { as, failing, serverOf, working } from '@pull-doctor/testkit/faults/row';
import { faults } from '@pull-doctor/testkit/faults/table';

/** An image that can be asked for on the staged host: `[key for journeys, what is wrong in words, the fault]`. */
export type StagedRow = readonly [key: string, says: string, fault: Fault];

const asAlice = as(alice, 'basic.clinic.test/');

/**
 * The images of the demo and of the journeys. They share one host, hence one config.json, one daemon and one proxy:
 * a registry has one credential for all of its images (one-config.ts refuses others). Rows of the testkit's table are
 * taken by their name; the rest is made here, at registries that the table uses with another credential.
 *
 * @param slowHost the address of the registry whose layer takes its time
 */
export const stagedRows = (slowHost: string): readonly StagedRow[] => [
  ['works', 'Nothing: it pulls, with a credential.', row('Basic registry by name over TLS')],
  [
    'public',
    'Nothing: it is public, and there for three platforms.',
    row('multi-platform image (OCI index)'),
  ],
  [
    'slow',
    'Nothing: its layer takes three seconds, which a real pull shows.',
    working('a layer that takes its time', `${slowHost}/team/slow:1.0`),
  ],
  [
    'no tag',
    'The repository has no tag 9.9.',
    failing('tag missing, by name', 'basic.clinic.test/team/app:9.9', 'tag-not-found', asAlice),
  ],
  [
    'misspelled',
    'The repository is misspelled: it is team/app.',
    failing(
      'repository misspelled, by name',
      'basic.clinic.test/team/ap:1.0',
      'repository-not-found',
      asAlice,
    ),
  ],
  ['no credential', 'Docker has no credential for this registry.', row('no login, Basic registry')],
  ['wrong password', 'The stored password is wrong.', row('wrong password, by name over TLS')],
  [
    'may not read',
    'The credential is valid, and may not read this repository.',
    row('the login may not read this repository'),
  ],
  [
    'private',
    'It is private, and Docker is not signed in to Docker Hub.',
    row('Docker Hub: private image, anonymous'),
  ],
  ['rate limited', 'The rate limit of Docker Hub is reached.', row('Docker Hub: rate limit reached')],
  [
    'host left out',
    'The registry was left out of the name, so Docker Hub is asked.',
    row('Docker Hub: the registry host is missing from the name'),
  ],
  [
    'expired',
    'The ECR password is older than twelve hours.',
    row('the ECR helper serves an expired password'),
  ],
  ['no scope', 'The GitHub token lacks read:packages.', row('GHCR: token without read:packages')],
  ['gitlab', 'Docker is not signed in to GitLab.', row('GitLab: no login')],
  ['robot', 'The password of the Quay robot is wrong.', row('Quay: wrong robot password')],
  ['no role', 'The service principal lacks AcrPull.', row('ACR: no AcrPull role, the same text')],
  [
    'helper fails',
    'The credential helper fails: it wants a desktop session.',
    withHelper('harbor.clinic.test/project/app:2', 'helper-failed', 'clinic-nodbus'),
  ],
  [
    'helper missing',
    'The credential helper that config.json names is not installed.',
    withHelper('gitea.clinic.test/gardener/app:9', 'helper-missing', 'clinic-missing'),
  ],
  ['untrusted', 'The certificate is self-signed.', row('self-signed certificate')],
  ['expired certificate', 'The certificate has expired.', row('expired certificate')],
  ['other name', 'The certificate is for another name.', row('certificate for another name')],
  [
    'plain http',
    'The registry speaks plain http where Docker expects https.',
    row('plain http where https is expected'),
  ],
  ['blocked', 'The proxy blocks this host.', row('the proxy blocks the host')],
  [
    'inspected',
    'The proxy opens TLS with its own authority.',
    row('the proxy opens TLS with its own authority'),
  ],
  ['refused', 'Nothing listens there.', row('connection refused')],
  ['hangs', 'The registry stops answering: stop it, or wait for the deadline.', row('manifest: no answer')],
  [
    'bad gateway',
    "The registry's reverse proxy answers 502.",
    row('manifest: 502 and the page of a reverse proxy'),
  ],
  ['web site', 'There is a web site and no registry.', row('a web server: 404 and a page everywhere')],
  [
    'other platforms',
    'It is not there for the platform of this host.',
    row('the index has no image for this platform'),
  ],
  ['chart', 'It is a Helm chart and no image.', row('a Helm chart')],
  ['no reference', 'A repository has no capital letters.', row('upper case in the repository')],
  ['layer missing', 'The registry has lost a layer of it.', row('a layer that is missing')],
  [
    'layer damaged',
    'Its layer is not what its digest says, which only a real pull shows.',
    row('a layer that is not what its digest says'),
  ],
];

function row(name: string): Fault {
  const found = faults.find((fault) => fault.name === name);
  if (!found) throw new Error(`the testkit's table has no row "${name}"`);
  return found;
}

function withHelper(image: string, cause: Cause, helper: string): Fault {
  const text = JSON.stringify({ credHelpers: { [serverOf(image)]: helper } });
  return failing(`${cause} at ${image}`, image, cause, { config: { text, hasHelpers: true } });
}
