import { causeTexts } from 'virtual:cause-texts';
import { describe, expect, it } from 'vitest';
import { indexCauses } from './search.ts';
import { phrasesOf, wordsOf } from './search-words.ts';

const { search: searchCauses, nearest: nearestCauses } = indexCauses(causeTexts);
const first = (query: string) => searchCauses(query)[0]?.cause;

describe('what was pasted', () => {
  it.each([
    ['no basic auth credentials', 'credentials-missing'],
    [
      'Error response from daemon: Head "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/shop/api/manifests/7": no basic auth credentials',
      'credentials-missing',
    ],
    [
      'Error response from daemon: Get "https://registry.corp.example/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'tls-untrusted',
    ],
    [
      'Error response from daemon: Get "https://registry.corp.example/v2/": dial tcp: lookup registry.corp.example on 192.0.2.53:53: no such host',
      'dns-failure',
    ],
    ['failed to register layer: write /usr/lib/libLLVM.so: no space left on device', 'local-storage'],
    [
      'Error response from daemon: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
      'rate-limited',
    ],
    [
      'error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
      'helper-missing',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'daemon-unreachable',
    ],
    [
      'Error response from daemon: Get "https://10.1.2.3:5000/v2/": http: server gave HTTP response to HTTPS client',
      'plain-http-registry',
    ],
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'platform-mismatch'],
  ])('%s', (message, cause) => {
    expect(first(message)).toBe(cause);
  });

  it('names the line of the page that is most like it', () => {
    const [found] = searchCauses(
      'Head "https://registry.example/v2/a/b/manifests/1": no basic auth credentials',
    );
    expect(found?.message).toMatch(/no basic auth credentials$/);
    expect(found?.words).toEqual(expect.arrayContaining(['no', 'basic', 'auth', 'credentials']));
  });
});

describe('what was typed', () => {
  it.each([
    ['clock', 'clock-skew'],
    ['rate limit', 'rate-limited'],
    ['dns-failure', 'dns-failure'],
    ['proxy', 'proxy-failure'],
    ['arm64', 'platform-mismatch'],
  ])('%s', (words, cause) => {
    expect(first(words)).toBe(cause);
  });

  it('counts before the last word is finished, and with a slip of the finger', () => {
    expect(first('certificate unkn')).toBe('tls-untrusted');
    expect(first('credentails')).toMatch(/^credentials-/);
  });

  it('asks for all of a few words, where a page has them', () => {
    const both = searchCauses('proxy certificate').map(({ cause }) => cause);
    const one = searchCauses('proxy').map(({ cause }) => cause);
    expect(both.length).toBeGreaterThan(0);
    expect(both.length).toBeLessThan(one.length);
  });

  it('finds nothing where no page has any of it', () => {
    expect(searchCauses('zeppelin quokka')).toEqual([]);
    expect(searchCauses('  ')).toEqual([]);
  });

  it('takes a word for a slip only where no page has it', () => {
    expect(searchCauses('resolvectl').map(({ cause }) => cause)).toEqual(['dns-failure']);
  });

  it('says which part of the page has the words', () => {
    const found = searchCauses('resolvectl').find(({ cause }) => cause === 'dns-failure');
    expect(found).toMatchObject({ message: null, part: 'what-to-do' });
  });
});

describe('an address that leads nowhere', () => {
  it.each([
    ['dns-error', 'dns-failure'],
    ['credential-expired', 'credentials-expired'],
    ['platform', 'platform-mismatch'],
  ])('%s is near %s', (code, cause) => {
    expect(nearestCauses(code)).toContain(cause);
  });

  it('is near nothing where it is like none', () => {
    expect(nearestCauses('zzz')).toEqual([]);
  });
});

describe('words', () => {
  it('leave out whose registry it was', () => {
    expect(wordsOf('Get "https://ghcr.io/v2/": dial tcp 10.0.0.1:443: 401 x509')).toEqual([
      'get',
      'dial',
      'tcp',
      '401',
      'x509',
    ]);
  });

  it('make phrases within a line only', () => {
    expect(phrasesOf('no such host\ntry again')).toEqual([
      'no such',
      'no such host',
      'such host',
      'try again',
    ]);
  });
});
