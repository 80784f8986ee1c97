import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from './read-line.ts';

const logrus =
  'time="2026-11-24T19:41:44.248230669Z" level=info msg="Attempting next endpoint for pull after error: Head \\"https://basic.lab.test/v2/team/app/manifests/1.0\\": no basic auth credentials" spanID=f5f5fbf855b0fec0 traceID=e75390f520987b5f80994aff55f27df8';

const read = {
  time: '2026-11-24T19:41:44.248Z',
  level: 'info',
  message:
    'Attempting next endpoint for pull after error: Head "https://basic.lab.test/v2/team/app/manifests/1.0": no basic auth credentials',
  error: null,
  fields: new Map([
    ['spanID', 'f5f5fbf855b0fec0'],
    ['traceID', 'e75390f520987b5f80994aff55f27df8'],
  ]),
};

const asJson = JSON.stringify({
  level: 'info',
  msg: read.message,
  spanID: 'f5f5fbf855b0fec0',
  time: '2026-11-24T19:41:44.248230669Z',
  traceID: 'e75390f520987b5f80994aff55f27df8',
});

describe('a line of the daemon’s log', () => {
  it.each([
    ['logrus text', logrus],
    ['with a carriage return', `${logrus}\r`],
    ['logrus JSON', asJson],
    ['syslog', `Nov 24 19:41:44 build-1 dockerd[1817]: ${logrus}`],
    ['journalctl -o cat with an identifier', `docker[123]: ${logrus}`],
    ['snap', `2026-11-24T19:41:44Z docker.dockerd[123]: ${logrus}`],
    ['compose', `dind-1  | ${logrus}`],
    ['JSON behind a prefix', `docker[123]: ${asJson}`],
    [
      'Docker’s json-file driver',
      JSON.stringify({ log: `${logrus}\n`, stream: 'stderr', time: '2026-11-24T19:41:45Z' }),
    ],
    ['journalctl -o json', JSON.stringify({ MESSAGE: logrus, __REALTIME_TIMESTAMP: '1795549304000000' })],
    ['Docker Desktop’s dockerd.log', `[2026-11-24T19:41:44.903][I] ${logrus}`],
  ])('is read: %s', (_, line) => {
    expect(readLine(line)).toEqual(read);
  });

  it('of Docker Desktop’s init.log keeps the component, flat or wrapped', () => {
    const fields = new Map([...read.fields, ['component', 'dockerd']]);
    const flat = JSON.stringify({ component: 'dockerd', ...JSON.parse(asJson) });
    const wrapped = JSON.stringify({
      component: 'dockerd',
      level: 'info',
      msg: logrus,
      time: '2026-11-24T19:41:44Z',
    });
    expect(readLine(flat)).toEqual({ ...read, fields });
    expect(readLine(wrapped)).toEqual({ ...read, fields });
  });

  it('has its error and the fields of newer versions', () => {
    const entry = readLine(
      'time="2026-05-04T10:11:12Z" level=error msg="Handler for POST /images/create returned error" error-response="boom \\\\ \\t\\u00e9\\x07\\xff" host="plain.lab.test:5000" method=POST request-url="/v1.52/images/create?fromImage=nginx&tag=1" status=500 vars="map[version:1.52]"',
    );
    expect(entry?.message).toBe('Handler for POST /images/create returned error');
    expect(Object.fromEntries(entry?.fields ?? [])).toEqual({
      'error-response': 'boom \\ \té\x07\ufffd',
      host: 'plain.lab.test:5000',
      method: 'POST',
      'request-url': '/v1.52/images/create?fromImage=nginx&tag=1',
      status: '500',
      vars: 'map[version:1.52]',
    });
    expect(
      readLine('time="2026-05-04T10:11:12Z" level=error msg="Not continuing" error="errors:\\ndenied\\n"')
        ?.error,
    ).toBe('errors:\ndenied\n');
  });

  it('that was cut is read as far as it goes', () => {
    expect(readLine('time="2026-05-04T10:11:12Z" level=error msg="Handler for POST /ima')?.message).toBe(
      'Handler for POST /ima',
    );
    expect(readLine(asJson.slice(0, -10))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['a stack', 'goroutine 1 [running]:'],
    ['another program', 'Started Docker Application Container Engine.'],
    ['an answer that is quoted', 'docker[1]: failed: {"message":"denied","code":"DENIED"}'],
    ['JSON of no logger', '{"errors":[{"code":"DENIED","message":"no"}]}'],
  ])('is none: %s', (_, line) => {
    expect(readLine(line)).toBeNull();
  });

  it('does not take what a message quotes for the line', () => {
    const message = 'failed: {"level":"info","msg":"inner"} time="x" level=info msg="other"';
    expect(readLine(JSON.stringify({ level: 'error', msg: message }))?.message).toBe(message);
  });

  const field = fc.record({ message: fc.string({ unit: 'grapheme', maxLength: 300 }), error: fc.string() });

  it('that Go wrote comes back whole', () => {
    fc.assert(
      fc.property(field, ({ message, error }) => {
        const entry = readLine(
          `time="2026-05-04T10:11:12Z" level=error msg=${goQuote(message)} error=${goQuote(error)}`,
        );
        expect(entry?.message).toBe(message.replace(/[\r\n]+$/, ''));
        expect(entry?.error).toBe(error);
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, whatever it is', () => {
    const scrap = fc.constantFrom(
      'time="',
      'level=',
      'msg="',
      '\\x',
      '\\u00',
      '\\U0011',
      '\\',
      '"',
      '{',
      '{"msg":',
      ' ',
      '=',
      '}',
      'error=',
    );
    const mixed = fc.array(fc.oneof(scrap, fc.string({ unit: 'binary' })), { maxLength: 40 });
    fc.assert(
      fc.property(mixed, (parts) => {
        const entry = readLine(parts.join(''));
        if (entry?.time != null) expect(Date.parse(entry.time)).not.toBeNaN();
      }),
      { numRuns: 5000 },
    );
  });

  const mega = 1024 * 1024;
  const head = 'time="2026-05-04T10:11:12Z" level=info ';
  it.each([
    ['letters', `${head}msg="${'a'.repeat(mega)}`],
    ['backslashes', `${head}msg="${'\\'.repeat(mega)}`],
    ['escapes', `${head}msg="${'\\"'.repeat(mega / 2)}"`],
    ['keys without a value', `${head}${'a '.repeat(mega / 2)}`],
    ['many fields', `${head}msg=x ${Array.from({ length: mega / 8 }, (_, i) => `k${i}=1`).join(' ')}`],
    ['equals signs', `${head}${'='.repeat(mega)}`],
    ['one long word', `${head}${'a'.repeat(mega)}`],
    ['white space', ' '.repeat(mega)],
    ['braces', '{"'.repeat(mega / 2)],
    ['nested JSON', `{"msg":${'['.repeat(mega)}`],
    ['quotation marks', `${head}${'"'.repeat(mega)}`],
  ])('of 1 MB is read at once: %s', (_, line) => {
    const start = performance.now();
    readLine(line);
    // quadratic work on 1 MB takes minutes
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

/** Go's strconv.Quote, for what fast-check makes. */
function goQuote(text: string): string {
  const escaped = text.replace(
    /[\\"\n\t\r]/g,
    (it) => ({ '\n': '\\n', '\t': '\\t', '\r': '\\r' })[it] ?? `\\${it}`,
  );
  return `"${escaped.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (it) => {
    const code = it.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  })}"`;
}
