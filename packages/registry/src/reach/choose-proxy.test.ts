import { describe, expect, it } from 'vitest';
import { chooseProxy, proxiesOfEnvironment } from './choose-proxy.ts';
import { parseProxy } from './proxy-address.ts';

function uses(url: string, noProxy: string): boolean {
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const target = {
    scheme,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (scheme === 'https' ? 443 : 80),
  } as const;
  const settings = {
    httpProxy: 'http://p:1',
    httpsProxy: 'http://p:2',
    noProxy,
    source: 'environment',
  } as const;
  return chooseProxy(target, settings).use === 'used';
}

// After golang.org/x/net/http/httpproxy, proxy_test.go (UseProxyTests), and its documentation.
describe('NO_PROXY as Go reads it', () => {
  it.each<[noProxy: string, url: string, used: boolean]>([
    ['', 'https://example.com', true],
    ['', 'https://localhost', false],
    ['', 'https://localhost:5000', false],
    ['', 'https://127.0.0.1', false],
    ['', 'https://127.0.0.2:5000', false],
    ['', 'https://[::1]', false],
    ['', 'https://[::2]', true],
    ['', 'https://notlocalhost', true],
    ['*', 'https://example.com', false],
    ['foo,*', 'https://example.com', false],
    ['*.com.evil', 'https://example.com', true],
    ['example.com', 'https://example.com', false],
    ['example.com', 'https://sub.example.com', false],
    ['example.com', 'https://notexample.com', true],
    ['EXAMPLE.com', 'https://Example.COM', false],
    ['.example.com', 'https://example.com', true],
    ['.example.com', 'https://sub.example.com', false],
    ['*.example.com', 'https://example.com', true],
    ['*.example.com', 'https://a.sub.example.com', false],
    ['example.com:443', 'https://example.com', false],
    ['example.com:80', 'https://example.com', true],
    ['example.com:5000', 'https://sub.example.com:5000', false],
    ['10.0.0.0/8', 'https://10.1.2.3:5000', false],
    ['10.0.0.0/8', 'https://11.1.2.3:5000', true],
    ['10.0.0.0/8', 'https://ten.example.com', true],
    ['192.168.1.1', 'https://192.168.1.1', false],
    ['192.168.1.1:5000', 'https://192.168.1.1:5000', false],
    ['192.168.1.1:5000', 'https://192.168.1.1:5001', true],
    ['[2001:db8::52:0:1]:443', 'https://[2001:db8::52:0:1]', false],
    ['2001:db8::52:0:1', 'https://[2001:db8::52:0:1]:123', false],
    ['2001:db8::/32', 'https://[2001:db8::52:0:1]', false],
    ['2002:db8:a::45/64', 'https://[2002:db8:a:0:ffff::1]', false],
    ['1', 'https://0.0.0.1', true],
    [' example.com , other.org ', 'https://other.org', false],
    [',,', 'https://example.com', true],
    [':5000', 'https://example.com:5000', true],
    ['168.1.1', 'https://192.168.1.1', true],
  ])('%j for %s: %s', (noProxy, url, used) => expect(uses(url, noProxy)).toBe(used));
});

describe('the proxy', () => {
  const settings = {
    httpProxy: 'http://plain:1',
    httpsProxy: null,
    noProxy: null,
    source: 'daemon',
  } as const;

  it('for https is HTTPS_PROXY alone', () => {
    expect(chooseProxy({ scheme: 'https', host: 'example.com', port: 443 }, settings).use).toBe('none');
    expect(chooseProxy({ scheme: 'http', host: 'example.com', port: 80 }, settings)).toMatchObject({
      use: 'used',
      proxy: { host: 'plain' },
    });
  });

  it.each<[string, object | null]>([
    [
      'http://proxy:3128',
      { scheme: 'http', host: 'proxy', port: 3128, hasLogin: false, shown: 'http://proxy:3128' },
    ],
    ['proxy:3128', { scheme: 'http', host: 'proxy', port: 3128 }],
    ['proxy', { scheme: 'http', host: 'proxy', port: 80 }],
    ['https://proxy', { scheme: 'https', port: 443 }],
    ['socks5://proxy', { scheme: 'socks5', port: 1080 }],
    ['http://[2001:db8::1]:3128', { host: '2001:db8::1', port: 3128 }],
    [
      'http://u:p%40w@proxy:3128',
      { hasLogin: true, loginIsMasked: false, shown: 'http://u:[redacted]@proxy:3128' },
    ],
    ['http://xxxxx:xxxxx@proxy:3128', { hasLogin: true, loginIsMasked: true, authorization: null }],
    ['://', null],
  ])('%s is read', (value, expected) => {
    const proxy = parseProxy(value);
    if (expected === null) expect(proxy).toBeNull();
    else expect(proxy).toMatchObject(expected);
  });

  it('gets its login decoded', () => {
    const value = parseProxy('http://u:p%40w@proxy:3128')?.authorization?.reveal() ?? '';
    expect(Buffer.from(value.replace('Basic ', ''), 'base64').toString()).toBe('u:p@w');
  });

  it('is read from the environment in upper case first', () => {
    const environment = { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1', no_proxy: 'a' };
    expect(proxiesOfEnvironment(environment, 'environment')).toEqual({
      httpProxy: null,
      httpsProxy: 'http://upper:1',
      noProxy: 'a',
      source: 'environment',
    });
  });
});
