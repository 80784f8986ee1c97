import { describe, expect, it } from 'vitest';
import { redacted, redactText } from './redact.ts';

describe('redactText', () => {
  it.each([
    ['Authorization: Bearer abcdef0123456789', `Authorization: Bearer ${redacted}`],
    ['authorization: basic dXNlcjpwYXNz', `authorization: basic ${redacted}`],
    ['https://user:hunter2@registry.example.com/v2/', `https://user:${redacted}@registry.example.com/v2/`],
    ['token dckr_pat_AbCdEf012345678', `token dckr_pat_${redacted}`],
    ['ghp_0123456789abcdefghij', `ghp_${redacted}`],
    ['glpat-0123456789abcdef', `glpat-${redacted}`],
    ['key AKIAIOSFODNN7EXAMPLE', `key AKIA${redacted}`],
    ['eyJhbGciOi.eyJzdWIi.c2ln', redacted],
    ['{"auth": "dXNlcjpwYXNz"}', `{"auth": "${redacted}"}`],
    ['docker login -u me -p hunter2 ghcr.io', `docker login -u me -p ${redacted} ghcr.io`],
    ['docker login --password=hunter2', `docker login --password=${redacted}`],
    ['GET /v2/?X-Amz-Signature=abc123&x=1', `GET /v2/?X-Amz-Signature=${redacted}&x=1`],
  ])('hides the secret in %s', (text, expected) => {
    expect(redactText(text).text).toBe(expected);
    expect(redactText(text).hidden).toBe(1);
  });

  it.each([
    'docker run -p 8080:80 nginx',
    'docker login --password-stdin ghcr.io',
    'unauthorized: authentication required',
    'no basic authentication credentials',
    'Www-Authenticate: Bearer realm="https://auth.docker.io/token",service="x"',
    'Get "https://127.0.0.1:5000/v2/": Basic realm="x"',
    'docker pull ghcr.io/acme/app@sha256:0123456789abcdef',
  ])('leaves %s as it is', (text) => {
    expect(redactText(text)).toEqual({ text, hidden: 0, kinds: [] });
  });

  it('counts what it hid, and hides nothing twice', () => {
    const once = redactText('ghp_0123456789abcdef and glpat-0123456789abcdef');
    expect(once.hidden).toBe(2);
    expect(redactText(once.text)).toEqual({ text: once.text, hidden: 0, kinds: [] });
  });

  it('reads 64 KB of the worst kinds in time', () => {
    for (const piece of [
      'login ',
      'basic ',
      'a://b:',
      '-----BEGIN PRIVATE KEY-----',
      '"auth": "',
      '?token=',
      ' --password ',
    ])
      redactText(piece.repeat(65_536 / piece.length));
  }, 2000);
});
