import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registryOfKey, whyNeverRead } from './registry-of-key.ts';
import { shownKey } from './shown-key.ts';

describe('a key', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['reg.example.com:5000', 'reg.example.com:5000'],
    ['localhost', 'localhost'],
    ['127.0.0.1:5000', '127.0.0.1:5000'],
    ['[::1]:5000', '[::1]:5000'],
    ['https://ghcr.io', 'ghcr.io'],
    ['https://ghcr.io/v2/', 'ghcr.io'],
    ['http://reg.example.com:5000/v1/', 'reg.example.com:5000'],
    ['ghcr.io/acme/app', 'ghcr.io'],
    ['GHCR.io', 'ghcr.io'],
    [' ghcr.io ', 'ghcr.io'],
    ['https://alice:pw@ghcr.io/', 'ghcr.io'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['https://index.docker.io/v1/access-token', 'docker.io'],
    ['https://index.docker.io/v2/', 'docker.io'],
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['registry.hub.docker.com', 'docker.io'],
    ['https://hub.docker.com', 'docker.io'],
  ])('%j is about %s', (key, host) => expect(registryOfKey(key)).toEqual({ host }));

  it.each([
    ['', 'names no host'],
    ['   ', 'names no host'],
    ['/v2/', 'names no host'],
    ['*.dkr.ecr.us-east-1.amazonaws.com', 'no wildcards'],
    ['https://*.azurecr.io', 'no wildcards'],
    ['alice:pw@ghcr.io', 'holds a login'],
    ['ghcr .io', 'white space'],
    ['ghcr.io\u0000', 'invisible'],
    ['ghcr\u202e.io', 'invisible'],
    ['reg.example.com\nx', 'white space'],
    ['<script>alert.1</script>', 'No image name'],
    ['reg.exämple.com', 'No image name'],
    ['reg.example.com:99999', 'No image name'],
    ['reg.example.com:', 'No image name'],
    ['https://', 'No image name'],
    ['-reg.example.com', 'No image name'],
    [`${'a.'.repeat(5000)}com`, 'longer than'],
    ['acme', 'Docker Hub'],
    ['__proto__', 'No image name'],
    ['constructor', 'Docker Hub'],
  ])('%j is about no registry', (key, why) => {
    expect(registryOfKey(key)).toMatchObject({ host: null, why: expect.stringContaining(why) });
  });

  it('of any kind is about a host that image names can have, or about none with a reason', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const address = fc
      .tuple(fc.constantFrom('', 'https://', 'http://u:p@'), text)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, address), (key) => {
        const about = registryOfKey(key);
        if (about.host === null) expect(about.why).toMatch(/^[ -~…]+\.$/);
        else expect(about.host).toMatch(/^(?:[a-z0-9.-]{1,253}|\[[0-9a-f:]+\])(?::\d{1,5})?$/);
      }),
    );
  });
});

describe('that Docker never reads a key', () => {
  it.each([
    ['auths', 'docker.io', 'docker.io', 'only the key https://index.docker.io/v1/'],
    ['auths', 'https://index.docker.io/v2/', 'docker.io', 'only the key https://index.docker.io/v1/'],
    ['credsStore', 'docker.io', 'docker.io', 'only the key https://index.docker.io/v1/'],
    ['auths', 'GHCR.io', 'ghcr.io', 'only image names with GHCR.io'],
    ['auths', ' ghcr.io', 'ghcr.io', 'white space'],
    ['credHelpers', 'https://ghcr.io', 'ghcr.io', 'In credHelpers, Docker reads only the key ghcr.io'],
    ['DOCKER_AUTH_CONFIG', 'ghcr.io/acme', 'ghcr.io', 'In DOCKER_AUTH_CONFIG, Docker reads only'],
  ] as const)('is told of %s %j', (place, key, registry, why) => {
    expect(whyNeverRead(place, key, registry)).toContain(why);
  });

  it.each([
    ['auths', 'https://ghcr.io/v1/', 'ghcr.io'],
    ['auths', 'https://index.docker.io/v1/refresh-token', 'docker.io'],
    ['credHelpers', 'https://index.docker.io/v1/', 'docker.io'],
    ['credsStore', 'https://GHCR.io', 'ghcr.io'],
    ['DOCKER_AUTH_CONFIG', 'reg.example.com:5000', 'reg.example.com:5000'],
  ] as const)('is not said of %s %j', (place, key, registry) => {
    expect(whyNeverRead(place, key, registry)).toBeNull();
  });
});

describe('a key that is shown', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    ['https://alice:pl4nted@ghcr.io/v1/', 'https://[redacted]@ghcr.io/v1/'],
    ['alice:pl4nted@ghcr.io', '[redacted]@ghcr.io'],
    ['https://alice:pl4/n@ted@ghcr.io', 'https://[redacted]@ghcr.io'],
    ['a\nb\u001b[31m\u202e', 'a\\u{a}b\\u{1b}[31m\\u{202e}'],
    ['x'.repeat(10_000), `${'x'.repeat(100)}…`],
  ])('%j is %s', (key, shown) => expect(shownKey(key)).toBe(shown));
});
