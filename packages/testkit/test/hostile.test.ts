import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { writeBasic } from '../src/basic-credentials.ts';
import { startCollector } from '../src/hostile/collector.ts';
import { hostileKinds, startHostileServer } from '../src/hostile-server.ts';

/** Asks once and hangs up at the first sign of an answer. */
function firstSign(port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    const sent = request(
      { port, host: '127.0.0.1', path, headers: { authorization: writeBasic('a', 'b') } },
      (response) => {
        resolve(String(response.statusCode));
        response.destroy();
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end();
  });
}

describe('a hostile registry', () => {
  it.each(hostileKinds)('with %s answers, and can be closed', async (kind) => {
    const server = await startHostileServer(kind);
    // a header of 10 MB and control characters are too much for Node's own client, which is as it should be
    expect(await firstSign(server.port, '/v2/team/app/manifests/1')).toMatch(/^(200|307|401|403|HPE_\w+)$/);
    expect(server.requests).toHaveLength(1);
    await server.close();
  });

  it('has a collector that tells whether a credential arrived', async () => {
    const collector = await startCollector();
    await fetch(collector.url);
    expect(collector.stolen()).toEqual([]);
    await fetch(collector.url, { headers: { authorization: writeBasic('a', 'b') } });
    expect(collector.stolen()).toHaveLength(1);
    await collector.close();
  });
});
