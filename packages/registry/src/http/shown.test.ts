import { Secret } from '@pull-doctor/contract/secret';
import { describe, expect, it } from 'vitest';
import { errorsOf } from './body.ts';
import { judgeRedirect } from './redirects.ts';
import { Scrubber } from './scrub.ts';
import { shownHeaders } from './shown-headers.ts';
import { shownUrl } from './shown-url.ts';

const show = (name: string, value: string) => shownHeaders([[name, value]], new Scrubber())[0]?.value;

describe('what evidence shows of headers', () => {
  it.each<[string, string, string]>([
    ['authorization', 'Basic YWxpY2U6c2VjcmV0', 'Basic [redacted]'],
    ['authorization', 'Bearer abc', 'Bearer [redacted]'],
    ['authorization', 'onlyasecret', '[redacted]'],
    ['proxy-authorization', 'Basic YWxpY2U6c2VjcmV0', 'Basic [redacted]'],
    ['set-cookie', 'session=1', '[redacted]'],
    ['x-anything', 'secret', '[redacted]'],
    ['content-type', 'text/html', 'text/html'],
    ['ratelimit-remaining', '76;w=21600', '76;w=21600'],
    [
      'www-authenticate',
      'Bearer realm="https://u:p@h/t?service=s&key=k",service="s"',
      'Bearer realm="https://[redacted]@h/t?service=s&key=[redacted]",service="s"',
    ],
    [
      'location',
      'https://s3.example/x?X-Amz-Signature=abc&sig=d',
      'https://s3.example/x?X-Amz-Signature=[redacted]&sig=[redacted]',
    ],
    ['location', '/v2/x?_state=abc', '/v2/x?_state=[redacted]'],
    ['link', '</v2/a/tags/list?n=5&last=x>; rel="next"', '</v2/a/tags/list?n=5&last=x>; rel="next"'],
  ])('%s: %s', (name, value, shown) => expect(show(name, value)).toBe(shown));

  it('an address loses its login and the values it need not show', () => {
    expect(shownUrl('https://token@h:1/p?scope=a&x=secret#frag')).toBe(
      'https://[redacted]@h:1/p?scope=a&x=[redacted]',
    );
    expect(shownUrl('not an address')).toBe('not an address');
  });
});

describe('the scrubber', () => {
  it('hides what was sent, in each of its forms', () => {
    const scrubber = new Scrubber();
    scrubber.hide(new Secret('p@ss word'));
    const text = `p@ss word, ${encodeURIComponent('p@ss word')}, ${Buffer.from('p@ss word').toString('base64')}`;
    expect(scrubber.text(text, 1_000)).toBe('[redacted], [redacted], [redacted]');
  });

  it('leaves no control or direction characters', () => {
    expect(new Scrubber().text('a\u001b[31m\u202eb\n\u0000', 100)).toBe('a\uFFFD[31m\uFFFDb\n\uFFFD');
  });
});

describe('errors of a body', () => {
  it.each<[string, unknown, [string, string][]]>([
    ['the envelope', { errors: [{ code: 'DENIED', message: 'no', detail: null }] }, [['DENIED', 'no']]],
    ['Artifactory', { errors: [{ status: 401, message: 'Bad Credentials' }] }, [['401', 'Bad Credentials']]],
    ['Docker Hub', { details: 'incorrect username or password' }, [['', 'incorrect username or password']]],
    ['OAuth', { error: 'invalid_grant', error_description: 'expired' }, [['invalid_grant', 'expired']]],
    [
      'one without a list',
      { code: 'UNAVAILABLE', message: 'registry not enabled' },
      [['UNAVAILABLE', 'registry not enabled']],
    ],
    ['a detail alone', { errors: [{ code: 'X', detail: 'said here' }] }, [['X', 'said here']]],
    ['odd shapes', { errors: 'none' }, []],
    ['no object', [1, 2], []],
  ])('%s', (_, value, expected) => {
    const errors = errorsOf(Buffer.from(JSON.stringify(value)), new Scrubber());
    expect(errors.map(({ code, message }) => [code, message])).toEqual(expected);
  });
});

describe('redirects', () => {
  const judge = (from: string, location: string, hops = 0, policy: 'followed' | 'same-origin' = 'followed') =>
    judgeRedirect({ from: new URL(from), location, hops, policy });

  it.each<[string, string, boolean]>([
    ['https://a.example/x', '/y', true],
    ['https://a.example/x', 'https://a.example/y', true],
    ['http://a.example/x', 'https://a.example/x', true],
    ['https://a.example/x', 'https://b.example/y', false],
    ['https://a.example/x', 'https://a.example:8443/y', false],
    ['http://a.example:5000/x', 'https://a.example/x', false],
  ])('%s to %s keeps the credential: %s', (from, to, keeps) => {
    expect(judge(from, to)).toMatchObject({ follow: true, keepsAuthorization: keeps });
  });

  it.each<[string, string]>([
    ['http://a.example/y', 'guarded'],
    ['file:///etc/passwd', 'guarded'],
    ['https://u:p@b.example/', 'guarded'],
    ['https://[', 'guarded'],
  ])('https to %s is not followed', (to, code) => {
    expect(judge('https://a.example/x', to)).toMatchObject({ follow: false, failure: { code } });
  });

  it('end after five, and never carry a request for a token to another host', () => {
    expect(judge('https://a.example/', '/b', 5)).toMatchObject({
      follow: false,
      failure: { code: 'too-many-redirects' },
    });
    expect(judge('https://a.example/', 'https://b.example/', 0, 'same-origin')).toMatchObject({
      follow: false,
      failure: null,
    });
  });
});
