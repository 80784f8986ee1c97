import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, familiar } from './names.ts';
import { parseReference } from './parse-reference.ts';

const hex = (length: number) => '0123456789abcdef'.repeat(8).slice(0, length);
const sha256 = `sha256:${hex(64)}`;

function read(text: string) {
  const parsed = parseReference(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.fault.what}`);
  return parsed.reference;
}

function fault(text: string) {
  const parsed = parseReference(text);
  if (parsed.ok) throw new Error(`${text} was read as ${canonical(parsed.reference)}`);
  return parsed.fault;
}

describe('a reference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25', 'nginx:1.25'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['index.docker.io/nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['docker.io/library/nginx', 'docker.io/library/nginx:latest', 'nginx:latest'],
    ['acme/app', 'docker.io/acme/app:latest', 'acme/app:latest'],
    ['library/acme/app', 'docker.io/library/acme/app:latest', 'library/acme/app:latest'],
    ['registry-1.docker.io/nginx', 'registry-1.docker.io/nginx:latest', 'registry-1.docker.io/nginx:latest'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app:latest'],
    ['localhost:5000', 'docker.io/library/localhost:5000', 'localhost:5000'],
    ['localhost:5000/app', 'localhost:5000/app:latest', 'localhost:5000/app:latest'],
    [
      'reg:5000/a/b__c/d--e.f_g:V1.0-rc_2',
      'reg:5000/a/b__c/d--e.f_g:V1.0-rc_2',
      'reg:5000/a/b__c/d--e.f_g:V1.0-rc_2',
    ],
    ['[::1]:5000/app', '[::1]:5000/app:latest', '[::1]:5000/app:latest'],
    ['[2001:db8::1]/app:1', '[2001:db8::1]/app:1', '[2001:db8::1]/app:1'],
    ['127.0.0.1:5000/app', '127.0.0.1:5000/app:latest', '127.0.0.1:5000/app:latest'],
    ['Reg.Example.COM/app', 'Reg.Example.COM/app:latest', 'Reg.Example.COM/app:latest'],
    ['Team/app', 'Team/app:latest', 'Team/app:latest'],
    [`app@${sha256}`, `docker.io/library/app@${sha256}`, `app@${sha256}`],
    [`ghcr.io/a/b:1@${sha256}`, `ghcr.io/a/b:1@${sha256}`, `ghcr.io/a/b:1@${sha256}`],
    [`a@sha384:${hex(96)}`, `docker.io/library/a@sha384:${hex(96)}`, `a@sha384:${hex(96)}`],
    [`a@sha512:${hex(128)}`, `docker.io/library/a@sha512:${hex(128)}`, `a@sha512:${hex(128)}`],
    ['docker.io/a.b/c', 'docker.io/a.b/c:latest', 'docker.io/a.b/c:latest'],
    ['docker.io/localhost/c', 'docker.io/localhost/c:latest', 'docker.io/localhost/c:latest'],
    ['domain.com:443/x', 'domain.com:443/x:latest', 'domain.com:443/x:latest'],
    [`a:${hex(64)}`, `docker.io/library/a:${hex(64)}`, `a:${hex(64)}`],
    [
      'hub.docker.com/r/bitnami/redis',
      'hub.docker.com/r/bitnami/redis:latest',
      'hub.docker.com/r/bitnami/redis:latest',
    ],
  ])('%s is read as Docker reads it', (text, full, short) => {
    const reference = read(text);
    expect(canonical(reference)).toBe(full);
    expect(familiar(reference)).toBe(short);
  });

  it('keeps tag and digest where both are given, and has no tag where only a digest is', () => {
    expect(read(`app:1@${sha256}`)).toMatchObject({ tag: '1', digest: sha256 });
    expect(read(`app@${sha256}`)).toMatchObject({ tag: null, digest: sha256 });
  });

  it('may have 255 characters of repository and 128 of tag, and not one more', () => {
    expect(read(`r.io/${'a'.repeat(255)}:${'t'.repeat(128)}`).repository).toHaveLength(255);
    expect(fault(`r.io/${'a'.repeat(256)}`).code).toBe('too-long');
    expect(fault('a'.repeat(248)).code).toBe('too-long');
    expect(fault(`a:${'t'.repeat(129)}`).code).toBe('bad-tag');
  });
});

describe('a text that is none', () => {
  it.each([
    ['', 'empty', 0, null],
    ['  \n', 'empty', 0, null],
    [hex(64), 'image-id', 0, null],
    ['Nginx', 'uppercase-repository', 0, 'nginx'],
    ['reg.io/Team/App:1.0', 'uppercase-repository', 7, 'reg.io/team/app:1.0'],
    ['Team/App', 'uppercase-repository', 5, 'Team/app'],
    ['https://reg.io/team/app:1.0', 'scheme', 0, 'reg.io/team/app:1.0'],
    ['https://reg.io/Team/App/', 'scheme', 0, 'reg.io/team/app'],
    ['http://localhost:5000/app', 'scheme', 0, 'localhost:5000/app'],
    ['docker://nginx:1', 'scheme', 0, 'nginx:1'],
    ['oci://ghcr.io/a/b', 'scheme', 0, 'ghcr.io/a/b'],
    ['https://reg.io/v2/team/app', 'scheme', 0, 'reg.io/team/app'],
    ['https://user:pw@reg.io/app', 'scheme', 0, 'reg.io/app'],
    ['https://hub.docker.com/r/bitnami/redis', 'scheme', 0, 'bitnami/redis'],
    ['https://hub.docker.com/_/nginx?tab=tags', 'scheme', 0, 'nginx'],
    ['https://hub.docker.com/layers/library/nginx/latest/images/x', 'scheme', 0, 'nginx'],
    ['hub.docker.com/_/nginx', 'bad-host', 0, 'nginx'],
    ['https://github.com/acme/site/pkgs/container/app', 'scheme', 0, 'ghcr.io/acme/app'],
    ['https://github.com/orgs/Acme/packages/container/package/app', 'scheme', 0, 'ghcr.io/acme/app'],
    ['https://github.com/users/acme/packages/container/site%2Fapp/123', 'scheme', 0, 'ghcr.io/acme/site/app'],
    ['https://quay.io/repository/coreos/etcd?tab=tags', 'scheme', 0, 'quay.io/coreos/etcd'],
    ['https://gallery.ecr.aws/docker/library', 'scheme', 0, 'public.ecr.aws/docker/library'],
    ['https://', 'scheme', 0, null],
    ['user:secret@reg.io/app', 'user-info', 0, 'reg.io/app'],
    ['-nginx', 'leading-dash', 0, null],
    ['--platform', 'leading-dash', 0, null],
    ['–rm', 'leading-dash', 0, null],
    ['nginx ', 'white-space', 5, 'nginx'],
    ['\tnginx', 'white-space', 0, 'nginx'],
    ['nginx :1.25', 'white-space', 5, 'nginx:1.25'],
    ['nginx 1.25', 'white-space', 5, null],
    ['nginx\u00a0', 'white-space', 5, 'nginx'],
    ['ngi\u200bnx', 'control-character', 3, 'nginx'],
    ['\ufeffnginx', 'control-character', 0, 'nginx'],
    ['nginx\u0000', 'control-character', 5, 'nginx'],
    ['nginx\u001b[31m', 'control-character', 5, null],
    ['"nginx"', 'bad-character', 0, 'nginx'],
    ['“nginx”', 'bad-character', 0, 'nginx'],
    ['reg.io/app:<tag>', 'bad-character', 11, null],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell variable
    ['${REGISTRY}/app', 'bad-character', 0, null],
    ['app:$TAG', 'bad-character', 4, null],
    ['{{ .Values.image }}', 'white-space', 2, null],
    ['app\u{1F433}', 'bad-character', 3, null],
    ['über/app', 'bad-character', 0, null],
    ['reg.io\\team\\app', 'bad-character', 6, 'reg.io/team/app'],
    ['nginx,', 'bad-character', 5, 'nginx'],
    ['my_reg.io/app', 'bad-host', 2, null],
    ['reg_1:5000/app', 'bad-host', 3, null],
    ['-reg.io/app', 'leading-dash', 0, null],
    ['reg-.io/app', 'bad-host', 0, null],
    ['reg..io/app', 'bad-host', 3, 'reg.io/app'],
    ['reg.io./app', 'bad-host', 6, 'reg.io/app'],
    [':5000/app', 'bad-host', 0, null],
    ['::1/app', 'bad-host', 0, '[::1]/app'],
    ['[fe80::1%eth0]/app', 'bad-host', 0, null],
    ['reg.io:/app', 'bad-port', 6, 'reg.io/app'],
    ['reg.io:99999/app', 'bad-port', 7, null],
    ['reg.io:0/app', 'bad-port', 7, null],
    ['reg.io:http/app', 'bad-port', 7, 'reg.io/app:http'],
    ['/team/app:1.0', 'empty-part', 0, 'team/app:1.0'],
    ['reg.io/', 'empty-part', 7, null],
    ['docker.io/', 'empty-part', 10, null],
    ['reg.io//app', 'empty-part', 7, 'reg.io/app'],
    ['reg.io/a//b:1', 'empty-part', 8, 'reg.io/a/b:1'],
    ['team/app/', 'empty-part', 8, 'team/app'],
    ['reg.io/team/:1.0', 'empty-part', 11, 'reg.io/team:1.0'],
    [':1.0', 'empty-part', 0, null],
    [`@${sha256}`, 'empty-part', 0, null],
    ['team/-app', 'bad-character', 5, null],
    ['team/app.', 'bad-character', 8, null],
    ['team/a___b', 'bad-character', 6, null],
    ['team/a.-b', 'bad-character', 6, null],
    ['reg.io/team/app:', 'empty-tag', 15, 'reg.io/team/app'],
    [`app:@${sha256}`, 'empty-tag', 3, `app@${sha256}`],
    ['app:.1', 'bad-tag', 4, null],
    ['app:-1', 'bad-tag', 4, null],
    ['app:1:2', 'bad-tag', 5, null],
    ['app:1+2', 'bad-tag', 5, null],
    ['nginx:1.25,', 'bad-tag', 10, 'nginx:1.25'],
    [`app:${sha256}`, 'bad-tag', 10, `app@${sha256}`],
    ['reg.io/app@sha256:1234', 'malformed-digest', 11, null],
    ['app@', 'malformed-digest', 3, 'app'],
    [`app@${hex(64)}`, 'malformed-digest', 4, `app@${sha256}`],
    [`app@${sha256.toUpperCase()}`, 'malformed-digest', 4, `app@${sha256}`],
    ['app@latest', 'malformed-digest', 4, null],
    [`app@sha256:${hex(63)}g`, 'malformed-digest', 74, null],
    [`app@md5:${hex(32)}`, 'unsupported-digest', 4, null],
    [`app@${sha256}@${sha256}`, 'malformed-digest', 75, null],
    [Array(300).fill('a').join('/'), 'too-long', 0, null],
  ] as const)('%j is refused: %s', (text, code, at, fix) => {
    expect(fault(text)).toMatchObject({ code, at, fix });
  });

  it('does not repeat a password in its sentence', () => {
    expect(fault('user:planted-password@reg.io/app').what).not.toContain('planted');
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(...'aB1.-_/:@[]{}<>$%+ \\"\'\t\u200b🐳'), maxLength: 40 }),
    fc
      .array(
        fc.constantFrom('a', 'Reg', 'x.io', ':', '/', '@', 'sha256:', hex(64), '5000', '__', '-', '.', '//'),
      )
      .map((parts) => parts.join('')),
  );

  it('gives a reference or a fault whose place lies in the text and whose fix is valid', () => {
    fc.assert(
      fc.property(text, (text) => {
        const parsed = parseReference(text);
        if (parsed.ok) return;
        const { at, length, fix } = parsed.fault;
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at + length).toBeLessThanOrEqual(text.length);
        if (fix !== null) expect(parseReference(fix).ok).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('that is a reference comes back the same from its canonical and its familiar form', () => {
    fc.assert(
      fc.property(text, (text) => {
        const parsed = parseReference(text);
        if (!parsed.ok) return;
        expect(read(canonical(parsed.reference))).toEqual(parsed.reference);
        expect(read(familiar(parsed.reference))).toEqual(parsed.reference);
      }),
      { numRuns: 5000 },
    );
  });

  const long = 64 * 1024;
  it.each([
    ['one letter', 'a'.repeat(long)],
    ['hyphens that never end', `a${'-'.repeat(long)}`],
    ['separators', 'a-'.repeat(long / 2)],
    ['hyphens before another fault', `a${'-'.repeat(long)}b..c`],
    ['slashes', '/'.repeat(long)],
    ['colons', 'a:'.repeat(long / 2)],
    ['at signs', '@'.repeat(long)],
    ['dots in the host', `${'a.'.repeat(long / 2)}/x`],
    ['hyphens in the host', `a.${'a-'.repeat(long / 2)}/x!`],
    ['an address', `https://${'a/'.repeat(long / 2)}`],
    ['a page', `https://mcr.microsoft.com/product/${'/tag/a'.repeat(long / 6)}`],
    ['white space', `a${' '.repeat(long)}a`],
    ['white space between letters', 'a '.repeat(long / 2)],
    ['brackets', '${'.repeat(long / 2)],
    ['less-than signs', '<'.repeat(long)],
    ['zero-width spaces', '\u200b'.repeat(long)],
    ['whales', '🐳'.repeat(long / 2)],
    ['underscores', `a${'_'.repeat(long)}b`],
  ])('of 64 KB is answered at once: %s', (_, text) => {
    const start = performance.now();
    parseReference(text);
    // quadratic work on 64 KB takes seconds; the sum of all linear passes takes about 10 ms
    expect(performance.now() - start).toBeLessThan(250);
  });
});
