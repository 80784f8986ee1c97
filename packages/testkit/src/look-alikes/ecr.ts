import { readBasic } from '../basic-credentials.ts';
import type { Handler } from '../http-listener.ts';
import { singleManifestImage } from '../images.ts';
import { answer, answerError } from '../registry-answer.ts';
import { registryHandler } from '../registry-server.ts';

export const ecrAccount = '210987654321';
export const ecrHost = `${ecrAccount}.dkr.ecr.eu-central-1.amazonaws.com`;

/** Passwords of the user AWS. */
export const ecrPasswords = {
  valid: 'ecr-password-of-today',
  /** Older than twelve hours. */
  expired: 'ecr-password-of-yesterday',
  /** Right, of a principal without ecr:BatchGetImage. */
  withoutPermission: 'ecr-password-without-permission',
} as const;

/** Amazon ECR: Basic only, nobody is anonymous, 403 for an expired password. It holds platform/api:3.2. */
export function ecr(): Handler {
  const registry = registryHandler({
    repositories: { 'platform/api': { '3.2': singleManifestImage('ecr api') } },
  });
  return (request, response) => {
    const login = readBasic(request.headers.authorization);
    const isKnown = login?.user === 'AWS' && Object.values<string>(ecrPasswords).includes(login.password);
    if (!isKnown) {
      return answer(response, 401, 'text/plain; charset=utf-8', 'Not Authorized\n', {
        'docker-distribution-api-version': 'registry/2.0',
        'www-authenticate': `Basic realm="https://${request.headers.host}/",service="ecr.amazonaws.com"`,
      });
    }
    if (login.password === ecrPasswords.expired) {
      const text = 'Your authorization token has expired. Reauthenticate and try again.';
      return answerError(response, 403, 'DENIED', text);
    }
    const [, repository, kind, reference] =
      /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^?]+)/.exec(request.url ?? '') ?? [];
    if (repository !== undefined && login.password === ecrPasswords.withoutPermission) {
      return answerError(response, 403, 'DENIED', missingPermission(repository));
    }
    if (repository !== undefined && repository !== 'platform/api') {
      const text = `The repository with name '${repository}' does not exist in the registry with id '${ecrAccount}'`;
      return answerError(response, 404, 'NAME_UNKNOWN', text);
    }
    if (kind === 'manifests' && reference !== '3.2' && !reference?.startsWith('sha256:')) {
      return answerError(response, 404, 'MANIFEST_UNKNOWN', 'Requested image not found');
    }
    registry(request, response);
  };
}

function missingPermission(repository: string): string {
  const who = `arn:aws:sts::${ecrAccount}:assumed-role/builder/session`;
  const what = `arn:aws:ecr:eu-central-1:${ecrAccount}:repository/${repository}`;
  return (
    `User: ${who} is not authorized to perform: ecr:BatchGetImage on resource: ${what} ` +
    'because no identity-based policy allows the ecr:BatchGetImage action'
  );
}
