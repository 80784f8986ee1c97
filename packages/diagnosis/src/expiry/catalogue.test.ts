import { describe, expect, it } from 'vitest';
import {
  base64,
  base64url,
  capitals,
  ecrPassword,
  ecrPasswordWithoutEnd,
  ending,
  hex,
  issued,
  jwt,
  keyFile,
  later,
  noise,
  noUser,
  read,
  type Stored,
  seconds,
  uuid,
} from './test-secrets.ts';

const ecr = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const acr = 'acme.azurecr.io';
const gar = 'europe-west3-docker.pkg.dev';
const ocir = 'fra.ocir.io';
const digitalocean = 'registry.digitalocean.com';
const gitlab = 'registry.gitlab.com';
const scaleway = 'rg.fr-par.scw.cloud';
const harbor = 'harbor.corp.example';

type Told =
  | { ends: string; issuedAt?: string; source: string }
  | { unknown: string }
  | { noExpiry: string }
  | { renewsItself: string; endsAt: string | null };

/** One form of a row: what is stored, what it is taken for, and what is told of its end, word for word. */
type Form = [says: string, stored: Stored, looksLike: string | null, told: Told];

const perToken = { ends: later, issuedAt: issued, source: 'exp of the token' };
const noExp = { unknown: 'The token names no end.' };
const wrongExp = { unknown: 'The exp of the token cannot be right.' };
const notDecoded = { unknown: 'It cannot be decoded, so its end cannot be read.' };
const askGoogle = {
  unknown: 'It does not name its end. Google tells it when it is asked with the token.',
};
const askGitHub = {
  unknown: 'It does not name its end, if it has one. GitHub tells it when it is asked with the token.',
};
const askGitLab = {
  unknown: 'It does not name its end. GitLab tells it when it is asked with the token.',
};
const ofDeployToken = {
  unknown: 'It does not name its end, if it has one. A maintainer of the project or group can look it up.',
};
const ofJob = { unknown: 'It ends with its job and does not say when. After the job, GitLab refuses it.' };
const ofHarbor = {
  unknown:
    'It does not name its end, if it has one. An administrator of Harbor or of the project can look it up.',
};
const ofQuay = {
  unknown: 'It does not name its end, and Quay tells it to nobody who has only the token.',
};
const ofDigitalOcean = {
  unknown: 'It does not name its end, if it has one. DigitalOcean names it only when the token is made.',
};
const ofScaleway = {
  unknown:
    'It does not name its end, if it has one. An administrator of the Scaleway organization can look it up.',
};
const ofRepositoryToken = {
  unknown:
    'It does not name its end, if it has one. An administrator of the registry finds it with az acr token show.',
};
const ofPassword = { unknown: 'A password does not say when it ends.' };
const ofOracle = { noExpiry: 'Oracle keeps an auth token until somebody revokes it.' };
const ofRobot = { noExpiry: 'Quay keeps a robot token until somebody makes a new one.' };
const ofHub = { noExpiry: 'Docker Hub keeps a password until somebody changes it.' };
const ofHubToken = {
  unknown:
    'It does not name its end, if it has one. Docker Hub shows it to its owner in the account settings.',
};
const ofServiceAccount = {
  unknown:
    'It does not name its end, and by default has none. An administrator of the Google Cloud project can look it up.',
};
const ofWebLogin = { unknown: 'Pulls do not use it, so its exp is not the end of the login.' };

const ecrRead = { ends: later, source: 'expiration inside the password' };
const ecrUnread = {
  unknown: 'An ECR password mostly holds its end; this one holds none that can be read.',
};

/** By credential: its forms, and what only looks like it. */
const rows: Record<string, readonly Form[]> = {
  'ECR private/public password': [
    [
      'of a private registry',
      { registry: ecr, user: 'AWS', secret: base64(ecrPassword) },
      'ECR password',
      ecrRead,
    ],
    [
      'of the public registry',
      { registry: 'public.ecr.aws', user: 'AWS', secret: base64(ecrPassword) },
      'ECR password',
      ecrRead,
    ],
    [
      'of China',
      {
        registry: '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn',
        user: 'AWS',
        secret: base64(ecrPassword),
      },
      'ECR password',
      ecrRead,
    ],
    [
      'behind another name',
      { registry: 'images.corp.example', user: 'AWS', secret: base64(ecrPassword) },
      'ECR password',
      ecrRead,
    ],
    [
      'without padding',
      { registry: ecr, user: 'AWS', secret: base64(ecrPassword).replace(/=+$/, '') },
      'ECR password',
      ecrRead,
    ],
    [
      'in the alphabet of URLs',
      { registry: ecr, user: 'AWS', secret: base64url({ ...ecrPassword, payload: '??>>~~' }) },
      'ECR password',
      ecrRead,
    ],
    [
      'with the seconds as a text',
      { registry: ecr, user: 'AWS', secret: base64({ ...ecrPassword, expiration: String(seconds(later)) }) },
      'ECR password',
      ecrRead,
    ],
    [
      'without the field',
      { registry: ecr, user: 'AWS', secret: base64(ecrPasswordWithoutEnd) },
      'ECR password',
      ecrUnread,
    ],
    [
      'without the field, behind another name',
      { registry: 'images.corp.example', user: 'AWS', secret: base64(ecrPasswordWithoutEnd) },
      'ECR password',
      ecrUnread,
    ],
    [
      'that is no JSON',
      { registry: ecr, user: 'AWS', secret: Buffer.from('{"payload":').toString('base64') },
      'ECR password',
      ecrUnread,
    ],
    ['that is no base64', { registry: ecr, user: 'AWS', secret: 'not base64!' }, 'ECR password', ecrUnread],
  ],
  'AWS long-term key, which is no credential of a registry': [
    [
      'as the user',
      { registry: ecr, user: `AKIA${noise(16, capitals)}`, secret: noise(40) },
      'AWS access key',
      { noExpiry: 'AWS keeps an access key until somebody deletes it. As a password, ECR does not take it.' },
    ],
    [
      'as the secret',
      { registry: ecr, user: 'AWS', secret: `AKIA${noise(16, capitals)}` },
      'AWS access key',
      { noExpiry: 'AWS keeps an access key until somebody deletes it. As a password, ECR does not take it.' },
    ],
    [
      'of a session',
      { registry: ecr, user: `ASIA${noise(16, capitals)}`, secret: noise(40) },
      'temporary AWS access key',
      {
        unknown:
          'It ends with its session, whose end is not in the key. As a password, ECR does not take it.',
      },
    ],
    ['that is only a word', { registry: harbor, user: 'ASIA', secret: noise(12) }, null, ofPassword],
  ],
  'ACR refresh token': [
    [
      'of az acr login',
      { registry: acr, user: noUser, secret: jwt({ iss: 'Azure Container Registry', aud: acr, ...ending }) },
      'ACR refresh token',
      perToken,
    ],
    [
      'as identitytoken',
      {
        registry: acr,
        user: null,
        kind: 'identity-token',
        secret: jwt({ iss: 'Azure Container Registry', aud: acr, ...ending }),
      },
      'ACR refresh token',
      perToken,
    ],
    [
      'behind a custom domain',
      {
        registry: 'images.corp.example',
        user: noUser,
        secret: jwt({ iss: 'Azure Container Registry', ...ending }),
      },
      'ACR refresh token',
      perToken,
    ],
    [
      'of China',
      { registry: 'acme.azurecr.cn', user: noUser, secret: jwt(ending) },
      'ACR refresh token',
      perToken,
    ],
    [
      'without exp',
      { registry: acr, user: noUser, secret: jwt({ iss: 'Azure Container Registry' }) },
      'ACR refresh token',
      noExp,
    ],
    [
      'that is cut',
      { registry: acr, user: noUser, secret: jwt(ending).slice(0, 40) },
      'ACR refresh token',
      notDecoded,
    ],
  ],
  'ACR access token': [
    [
      'that was stored as a login',
      {
        registry: acr,
        user: noUser,
        secret: jwt({ iss: 'Azure Container Registry', access: [], ...ending }),
      },
      'ACR access token',
      { unknown: 'It is the token of one pull, not a login. Its exp says nothing about the login.' },
    ],
  ],
  'ACR repository-scoped token': [
    [
      'by its name',
      { registry: acr, user: 'ci-pull', secret: noise(52) },
      'ACR repository token',
      ofRepositoryToken,
    ],
    [
      'of a registry with a hash in its host',
      { registry: 'acme-b1c2d3.azurecr.io', user: 'acme-b1c2d3', secret: noise(52) },
      'ACR repository token',
      ofRepositoryToken,
    ],
  ],
  'ACR admin user': [
    [
      'by the name of the registry',
      { registry: acr, user: 'acme', secret: noise(52) },
      'ACR admin password',
      { noExpiry: 'Azure keeps it until somebody regenerates it.' },
    ],
    [
      'in other letters, with a hash in the host',
      { registry: 'acme-b1c2d3.azurecr.io', user: 'Acme', secret: noise(52) },
      'ACR admin password',
      { noExpiry: 'Azure keeps it until somebody regenerates it.' },
    ],
    [
      'at a regional host',
      { registry: 'acme.westeurope.geo.azurecr.io', user: 'acme', secret: noise(52) },
      'ACR admin password',
      { noExpiry: 'Azure keeps it until somebody regenerates it.' },
    ],
  ],
  'Entra service principal': [
    [
      'by its application id',
      { registry: acr, user: uuid, secret: noise(40) },
      'Entra service principal secret',
      {
        unknown: 'It does not name its end. An administrator of Microsoft Entra finds it at the application.',
      },
    ],
    [
      'in capitals',
      { registry: acr, user: uuid.toUpperCase(), secret: noise(40) },
      'Entra service principal secret',
      {
        unknown: 'It does not name its end. An administrator of Microsoft Entra finds it at the application.',
      },
    ],
    ['not at another registry', { registry: harbor, user: uuid, secret: noise(40) }, null, ofPassword],
  ],
  'Google access token': [
    [
      'by its user',
      { registry: gar, user: 'oauth2accesstoken', secret: noise(80) },
      'Google access token',
      askGoogle,
    ],
    [
      'by its form',
      { registry: 'images.corp.example', user: 'ci', secret: `ya29.${noise(80)}` },
      'Google access token',
      askGoogle,
    ],
  ],
  'Google service-account key': [
    [
      'as it is',
      { registry: gar, user: '_json_key', secret: JSON.stringify(keyFile, null, 2) },
      'Google service account key',
      ofServiceAccount,
    ],
    [
      'in base64',
      { registry: gar, user: '_json_key_base64', secret: base64(keyFile) },
      'Google service account key',
      ofServiceAccount,
    ],
    [
      'in base64, wrapped',
      { registry: gar, user: '_json_key_base64', secret: base64(keyFile).replace(/(.{60})/g, '$1\n') },
      'Google service account key',
      ofServiceAccount,
    ],
    [
      'in base64 with the user of the other',
      { registry: gar, user: '_json_key', secret: base64(keyFile) },
      null,
      {
        unknown:
          'The key file is in base64, which goes with the user _json_key_base64. Google refuses it, so there is no end to tell.',
      },
    ],
    [
      'as it is with the user of the other',
      { registry: gar, user: '_json_key_base64', secret: JSON.stringify(keyFile) },
      null,
      {
        unknown:
          'The key file is not in base64, which the user _json_key_base64 goes with. Google refuses it, so there is no end to tell.',
      },
    ],
    [
      'that is cut',
      { registry: gar, user: '_json_key', secret: JSON.stringify(keyFile).slice(0, 60) },
      null,
      {
        unknown:
          'The password is not the key file that the user _json_key announces. Google refuses it, so there is no end to tell.',
      },
    ],
    [
      'that is the path of the file',
      { registry: gar, user: '_json_key', secret: './key.json' },
      null,
      {
        unknown:
          'The password is not the key file that the user _json_key announces. Google refuses it, so there is no end to tell.',
      },
    ],
    [
      'of a person in its place',
      { registry: gar, user: '_json_key', secret: JSON.stringify({ type: 'authorized_user' }) },
      null,
      {
        unknown:
          'The password is not the key file of a service account. Google refuses it, so there is no end to tell.',
      },
    ],
    [
      'without the key',
      { registry: gar, user: '_json_key', secret: JSON.stringify({ ...keyFile, private_key: undefined }) },
      null,
      {
        unknown:
          'The key file of the service account is not complete. Google refuses it, so there is no end to tell.',
      },
    ],
  ],
  'gcloud helper output': [
    [
      'of gcloud',
      { registry: gar, user: '_dcgcloud_token', secret: `ya29.${noise(60)}`, helper: 'gcloud' },
      'Google access token',
      { renewsItself: 'docker-credential-gcloud gets a new one when it is asked.', endsAt: null },
    ],
    [
      'of docker-credential-gcr',
      { registry: gar, user: '_dcgcr_2_1_22_token', secret: `ya29.${noise(60)}`, helper: 'gcr' },
      'Google access token',
      { renewsItself: 'docker-credential-gcr gets a new one when it is asked.', endsAt: null },
    ],
    [
      'of an old gcloud',
      { registry: 'eu.gcr.io', user: '_token', secret: noise(60), helper: 'gcloud' },
      'Google access token',
      { renewsItself: 'docker-credential-gcloud gets a new one when it is asked.', endsAt: null },
    ],
    [
      'that was kept in a file',
      { registry: gar, user: '_dcgcloud_token', secret: noise(60) },
      'Google access token',
      askGoogle,
    ],
    ['not at another registry', { registry: harbor, user: '_token', secret: noise(60) }, null, ofPassword],
  ],
  'Docker Hub password': [
    [
      'of a person',
      { registry: 'docker.io', user: 'alice', secret: noise(14) },
      'Docker Hub password',
      ofHub,
    ],
    [
      'under another name of Docker Hub',
      { registry: 'index.docker.io', user: 'alice', secret: noise(14) },
      'Docker Hub password',
      ofHub,
    ],
  ],
  'Docker Hub PAT': [
    [
      'by its prefix',
      { registry: 'docker.io', user: 'alice', secret: `dckr_pat_${noise(27)}` },
      'Docker Hub access token',
      ofHubToken,
    ],
    [
      'of another length',
      { registry: 'docker.io', user: 'alice', secret: `dckr_pat_${noise(40)}` },
      'Docker Hub access token',
      ofHubToken,
    ],
    [
      'of before there was a prefix',
      { registry: 'docker.io', user: 'alice', secret: uuid },
      'Docker Hub access token',
      ofHubToken,
    ],
  ],
  'Docker Hub OAT': [
    [
      'of an organization',
      { registry: 'docker.io', user: 'acme', secret: `dckr_oat_${noise(32)}` },
      'Docker Hub organization token',
      { unknown: 'It does not name its end, if it has one. An owner of the organization can look it up.' },
    ],
  ],
  'Docker Hub web login': [
    [
      'its JSON web token as a password',
      { registry: 'docker.io', user: 'alice', secret: jwt(ending) },
      'Docker Hub web login token',
      ofWebLogin,
    ],
    [
      'its JSON web token as identitytoken',
      { registry: 'docker.io', user: null, kind: 'identity-token', secret: jwt(ending) },
      'Docker Hub web login token',
      ofWebLogin,
    ],
  ],
  'GitHub PAT classic': [
    [
      'by its prefix',
      { registry: 'ghcr.io', user: 'alice', secret: `ghp_${noise(36)}` },
      'GitHub classic token',
      askGitHub,
    ],
    [
      'of another length',
      { registry: 'ghcr.io', user: 'alice', secret: `ghp_${noise(80)}` },
      'GitHub classic token',
      askGitHub,
    ],
  ],
  'GitHub fine-grained': [
    [
      'at GHCR',
      { registry: 'ghcr.io', user: 'alice', secret: `github_pat_${noise(22)}_${noise(59)}` },
      'GitHub fine-grained token',
      { unknown: `${askGitHub.unknown} GHCR takes classic tokens only.` },
    ],
    [
      'elsewhere',
      { registry: harbor, user: 'alice', secret: `github_pat_${noise(22)}_${noise(59)}` },
      'GitHub fine-grained token',
      askGitHub,
    ],
  ],
  'GitHub OAuth / gh CLI': [
    [
      'by its prefix',
      { registry: 'ghcr.io', user: 'alice', secret: `gho_${noise(36)}` },
      'GitHub OAuth token',
      { noExpiry: 'GitHub keeps an OAuth token until it is revoked, or not used for a year.' },
    ],
  ],
  'GitHub App / Actions': [
    [
      'of an installation or a job',
      { registry: 'ghcr.io', user: 'x-access-token', secret: `ghs_${noise(36)}` },
      'GitHub App installation token',
      { unknown: 'It ends with its job or within hours. GitHub names the end only when it makes the token.' },
    ],
    [
      'of a person',
      { registry: 'ghcr.io', user: 'alice', secret: `ghu_${noise(36)}` },
      'GitHub App user token',
      { unknown: 'It ends within hours. GitHub names the end only when it makes the token.' },
    ],
  ],
  'GitLab PAT / project / group / impersonation': [
    [
      'by its prefix',
      { registry: gitlab, user: 'alice', secret: `glpat-${noise(20)}` },
      'GitLab access token',
      askGitLab,
    ],
    [
      'in the longer form',
      { registry: gitlab, user: 'alice', secret: `glpat-${noise(27)}.01.${noise(9)}` },
      'GitLab access token',
      askGitLab,
    ],
    [
      'at a GitLab of one’s own',
      { registry: 'git.corp.example:5050', user: 'alice', secret: `glpat-${noise(20)}` },
      'GitLab access token',
      askGitLab,
    ],
    [
      'without a prefix',
      { registry: gitlab, user: 'alice', secret: noise(20) },
      'GitLab token without a prefix',
      {
        unknown:
          'It does not name its end, if it has one. GitLab tells it when it is asked with the token, unless it is a deploy token.',
      },
    ],
    [
      'without a prefix, at a GitLab of one’s own',
      { registry: 'registry.gitlab.corp.example', user: 'alice', secret: noise(20) },
      'GitLab token without a prefix',
      {
        unknown:
          'It does not name its end, if it has one. GitLab tells it when it is asked with the token, unless it is a deploy token.',
      },
    ],
    [
      'with a prefix of one’s own',
      { registry: 'git.corp.example:5050', user: 'alice', secret: `acme-${noise(20)}` },
      null,
      ofPassword,
    ],
  ],
  'GitLab deploy token': [
    [
      'by its prefix, with a user of its own',
      { registry: gitlab, user: 'puller', secret: `gldt-${noise(20)}` },
      'GitLab deploy token',
      ofDeployToken,
    ],
    [
      'by its user',
      { registry: gitlab, user: 'gitlab+deploy-token-7', secret: noise(20) },
      'GitLab deploy token',
      ofDeployToken,
    ],
    [
      'by its user, at a GitLab of one’s own',
      { registry: 'git.corp.example:5050', user: 'gitlab+deploy-token-7', secret: noise(20) },
      'GitLab deploy token',
      ofDeployToken,
    ],
  ],
  'GitLab CI': [
    [
      'by its user',
      { registry: gitlab, user: 'gitlab-ci-token', secret: noise(20) },
      'GitLab job token',
      ofJob,
    ],
    [
      'by its prefix',
      { registry: gitlab, user: 'alice', secret: `glcbt-64_${noise(20)}` },
      'GitLab job token',
      ofJob,
    ],
  ],
  'Quay robot': [
    [
      'at quay.io',
      { registry: 'quay.io', user: 'acme+ci', secret: noise(64, capitals) },
      'Quay robot token',
      ofRobot,
    ],
    [
      'at a Quay of one’s own',
      { registry: 'quay.corp.example', user: 'acme+ci', secret: noise(64, capitals) },
      'Quay robot token',
      ofRobot,
    ],
    [
      'not a plus in another name',
      { registry: 'git.corp.example', user: 'alice+ci', secret: noise(20) },
      null,
      ofPassword,
    ],
    [
      'with a token of another issuer',
      { registry: 'quay.io', user: 'acme+ci', secret: jwt(ending) },
      'JSON web token',
      { unknown: 'Whether quay.io goes by the dates in this token is not known.' },
    ],
  ],
  'Quay others': [
    [
      '$oauthtoken',
      { registry: 'quay.io', user: '$oauthtoken', secret: noise(40) },
      'Quay OAuth token',
      ofQuay,
    ],
    ['$token', { registry: 'quay.io', user: '$token', secret: noise(40) }, 'Quay access token', ofQuay],
    [
      '$app',
      { registry: 'quay.corp.example', user: '$app', secret: noise(120) },
      'Quay application token',
      {
        unknown: 'It does not name its end, if it has one. Its owner finds it in the Quay account settings.',
      },
    ],
  ],
  'Red Hat service account': [
    [
      'without exp',
      { registry: 'registry.redhat.io', user: '1234567|ci', secret: jwt({ sub: noise(32, hex) }) },
      'Red Hat service account token',
      { noExpiry: 'Red Hat keeps a token without exp until somebody regenerates it.' },
    ],
    [
      'with exp',
      { registry: 'registry.redhat.io', user: '1234567|ci', secret: jwt(ending) },
      'Red Hat service account token',
      perToken,
    ],
    [
      'that is cut',
      { registry: 'registry.redhat.io', user: '1234567|ci', secret: jwt({}).slice(0, 30) },
      'Red Hat service account token',
      notDecoded,
    ],
  ],
  'Harbor robot': [
    [
      'of the system',
      { registry: harbor, user: 'robot$ci', secret: noise(32) },
      'Harbor robot secret',
      ofHarbor,
    ],
    [
      'of a project',
      { registry: harbor, user: 'robot$acme+ci', secret: noise(32) },
      'Harbor robot secret',
      ofHarbor,
    ],
    [
      'with a prefix of one’s own',
      { registry: harbor, user: 'bot-acme+ci', secret: noise(32) },
      null,
      ofPassword,
    ],
  ],
  'Harbor OIDC user': [
    [
      'by a CLI secret, which has no form of its own',
      { registry: harbor, user: 'alice', secret: noise(32) },
      null,
      ofPassword,
    ],
  ],
  'JFrog access / identity token': [
    [
      'with exp',
      { registry: 'acme.jfrog.io', user: 'alice', secret: jwt({ iss: 'jfac@01hq', ...ending }) },
      'JFrog access token',
      perToken,
    ],
    [
      'without exp',
      { registry: 'acme.jfrog.io', user: 'alice', secret: jwt({ iss: 'jfac@01hq' }) },
      'JFrog access token',
      { noExpiry: 'JFrog gives a token without exp no end.' },
    ],
    [
      'under a name of one’s own',
      { registry: 'images.corp.example', user: 'alice', secret: jwt({ iss: 'jfac@01hq', ...ending }) },
      'JFrog access token',
      perToken,
    ],
    [
      'with an exp in milliseconds',
      { registry: 'acme.jfrog.io', user: 'alice', secret: jwt({ iss: 'jfac@01hq', exp: Date.parse(later) }) },
      'JFrog access token',
      wrongExp,
    ],
  ],
  'JFrog reference token': [
    [
      'by what it decodes to',
      {
        registry: 'acme.jfrog.io',
        user: 'alice',
        secret: Buffer.from(`reftkn:01:0000000000:${noise(27)}`).toString('base64'),
      },
      'JFrog reference token',
      { unknown: 'It does not name its end, if it has one. An administrator of JFrog can look it up.' },
    ],
  ],
  'Gitea/Forgejo PAT': [
    [
      'at Codeberg',
      { registry: 'codeberg.org', user: 'alice', secret: noise(40, hex) },
      'Gitea access token',
      { unknown: 'It does not name an end, and Gitea does not tell whether it has one.' },
    ],
    [
      'at gitea.com',
      { registry: 'gitea.com', user: 'alice', secret: noise(40, hex) },
      'Gitea access token',
      { unknown: 'It does not name an end, and Gitea does not tell whether it has one.' },
    ],
    [
      'at a Gitea of one’s own',
      { registry: 'git.corp.example', user: 'alice', secret: noise(40, hex) },
      null,
      ofPassword,
    ],
  ],
  DigitalOcean: [
    [
      'as user and secret both',
      { registry: digitalocean, user: `dop_v1_${noise(64, hex)}`, secret: `dop_v1_${noise(64, hex)}` },
      'DigitalOcean token',
      ofDigitalOcean,
    ],
    [
      'with the mail address as user',
      { registry: digitalocean, user: 'alice@corp.example', secret: `dop_v1_${noise(64, hex)}` },
      'DigitalOcean token',
      ofDigitalOcean,
    ],
    [
      'of doctl, without the prefix',
      { registry: digitalocean, user: noise(64, hex), secret: noise(64, hex) },
      'DigitalOcean token',
      ofDigitalOcean,
    ],
    [
      'of an application',
      { registry: digitalocean, user: 'x', secret: `doo_v1_${noise(64, hex)}` },
      'DigitalOcean token',
      ofDigitalOcean,
    ],
  ],
  'OCIR auth token': [
    [
      'of a user',
      { registry: ocir, user: 'axaxnamespace/ci', secret: noise(20) },
      'OCIR auth token',
      ofOracle,
    ],
    [
      'of a federated user',
      { registry: ocir, user: 'axaxnamespace/oracleidentitycloudservice/ci', secret: noise(20) },
      'OCIR auth token',
      ofOracle,
    ],
    [
      'of a user of a domain',
      {
        registry: 'ocir.eu-frankfurt-1.oci.oraclecloud.com',
        user: 'axaxnamespace/acme/ci',
        secret: noise(20),
      },
      'OCIR auth token',
      ofOracle,
    ],
  ],
  'OCIR bearer': [
    [
      'with exp',
      { registry: ocir, user: 'BEARER_TOKEN', secret: jwt(ending) },
      'OCIR bearer token',
      perToken,
    ],
    ['without exp', { registry: ocir, user: 'BEARER_TOKEN', secret: jwt({}) }, 'OCIR bearer token', noExp],
    [
      'that is no token',
      { registry: ocir, user: 'BEARER_TOKEN', secret: noise(20) },
      'OCIR bearer token',
      notDecoded,
    ],
  ],
  'IBM API key': [
    [
      'by its user',
      { registry: 'de.icr.io', user: 'iamapikey', secret: noise(44) },
      'IBM Cloud API key',
      {
        unknown:
          'It does not name its end, if it has one. An administrator of the IBM Cloud account can look it up.',
      },
    ],
  ],
  'IBM IAM token': [
    [
      'by its user',
      { registry: 'private.us.icr.io', user: 'iambearer', secret: jwt(ending) },
      'IBM Cloud IAM token',
      perToken,
    ],
    [
      'by its older user',
      { registry: 'icr.io', user: 'token', secret: jwt(ending) },
      'IBM Cloud IAM token',
      perToken,
    ],
    [
      'without exp',
      { registry: 'de.icr.io', user: 'iambearer', secret: jwt({}) },
      'IBM Cloud IAM token',
      noExp,
    ],
  ],
  'IBM entitlement': [
    [
      'without exp',
      { registry: 'cp.icr.io', user: 'cp', secret: jwt({ iss: 'IBM Marketplace', iat: seconds(issued) }) },
      'IBM entitlement key',
      { unknown: 'The key names no end; the contract with IBM does.' },
    ],
    [
      'with exp',
      { registry: 'cp.icr.io', user: 'cp', secret: jwt({ iss: 'IBM Marketplace', ...ending }) },
      'IBM entitlement key',
      perToken,
    ],
  ],
  Scaleway: [
    [
      'with its usual user',
      { registry: scaleway, user: 'nologin', secret: uuid },
      'Scaleway secret key',
      ofScaleway,
    ],
    ['with any user', { registry: scaleway, user: 'ci', secret: uuid }, 'Scaleway secret key', ofScaleway],
  ],
};

function expiryOf(told: Told) {
  if ('ends' in told)
    return { state: 'ends', endsAt: told.ends, issuedAt: told.issuedAt ?? null, source: told.source };
  if ('renewsItself' in told)
    return { state: 'renews-itself', endsAt: told.endsAt, issuedAt: null, source: told.renewsItself };
  return 'unknown' in told
    ? { state: 'unknown', endsAt: null, issuedAt: null, source: told.unknown }
    : { state: 'no-expiry', endsAt: null, issuedAt: null, source: told.noExpiry };
}

describe.each(Object.entries(rows))('%s', (_, forms) => {
  it.each(forms)('%s', (_, stored, looksLike, told) => {
    expect(read(stored)).toEqual({ looksLike, expiry: expiryOf(told) });
  });

  it.each(forms)('%s: the secret is in nothing that comes out', (_, stored) => {
    expect(JSON.stringify(read(stored))).not.toContain(stored.secret.slice(0, 24));
  });
});
