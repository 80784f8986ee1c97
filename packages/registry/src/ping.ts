import type { PingEvidence } from '@pull-doctor/contract/evidence/registry';
import type { Asked, Request } from './http/asker.ts';
import { headerOf, headersOf } from './http/raw-headers.ts';
import { parseChallenges } from './token/www-authenticate.ts';

const pageBytesMax = 64 * 1024;

/** `GET /v2/`, without a credential: the first request of every pull. */
export function pingRequest(url: URL): Request {
  return {
    method: 'GET',
    url,
    accept: 'application/json, */*',
    authorization: null,
    bytesMax: pageBytesMax,
    longer: 'is-cut',
    redirects: 'followed',
    showsBody: true,
  };
}

/** Whether the answer to the ping is a registry's. 401 with a challenge is the normal one; a page is not. */
export function readPing(asked: Asked): Pick<PingEvidence, 'isRegistry' | 'why' | 'apiVersionHeader'> {
  const answer = asked.exchange.answer;
  const version = headerOf(asked.headers, 'docker-distribution-api-version');
  const apiVersionHeader = version !== null && /registry\/2\.0/i.test(version);
  const say = (isRegistry: PingEvidence['isRegistry'], why: string) => ({
    isRegistry,
    why,
    apiVersionHeader,
  });
  if (!answer) return say('unknown', 'The ping got no answer.');
  const { status, bodyKind, errors } = answer;
  const isPage = bodyKind === 'html';
  if (status >= 500) return say('unknown', `It answers ${status}, a fault of the server.`);
  if (apiVersionHeader) return say('yes', 'It names itself a registry in Docker-Distribution-Api-Version.');
  if (asked.exchange.redirects.some(({ followed }) => followed) && isPage) {
    return say('no', 'It leads to a web page.');
  }
  if (status === 200) return readGood(bodyKind, asked.body.toString('utf8'), say);
  if (status === 401) {
    const challenges = parseChallenges(headersOf(asked.headers, 'www-authenticate'));
    if (challenges.some(({ scheme, realm }) => scheme === 'bearer' && realm)) {
      return say('yes', 'It asks for a token, as registries do.');
    }
    if (isPage) return say(challenges.length > 0 ? 'unknown' : 'no', 'It answers 401 with a web page.');
    if (challenges.some(({ scheme }) => scheme === 'basic')) {
      return say('yes', 'It asks for a login at /v2/, as registries do.');
    }
    return say('unknown', 'It answers 401 and does not say how to sign in.');
  }
  // {"errors":[{"code":"DENIED",…}]}: nobody else writes errors like that.
  if (errors.some(({ code }) => /^[A-Z][A-Z_]{3,}$/.test(code))) {
    return say('yes', `It answers ${status} in the words of a registry.`);
  }
  if (status === 404 || status === 410 || isPage)
    return say('no', `It does not know /v2/ and answers ${status}.`);
  if (status >= 300 && status < 400) return say('no', `It answers ${status} and leads elsewhere.`);
  return say('unknown', `It answers ${status}.`);
}

function readGood(
  bodyKind: string,
  body: string,
  say: (isRegistry: PingEvidence['isRegistry'], why: string) => ReturnType<typeof readPing>,
) {
  if (bodyKind === 'html') return say('no', 'It answers /v2/ with a web page.');
  if (bodyKind === 'none') return say('unknown', 'It answers 200 without a body.');
  if (bodyKind === 'json' && /^\s*\{\s*\}\s*$/.test(body))
    return say('yes', 'It answers {}, as registries do.');
  if (bodyKind === 'json') return say('unknown', 'It answers 200 with JSON of its own.');
  return say('no', `It answers 200 with ${bodyKind}, which no registry does.`);
}
