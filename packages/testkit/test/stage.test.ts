import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../src/faults/table.ts';
import { type Stage, startStage } from '../src/stage.ts';

let stage: Stage;
let startedInMs: number;
beforeAll(async () => {
  const before = performance.now();
  stage = await startStage({ place: 'anywhere' });
  startedInMs = performance.now() - before;
});
afterAll(() => stage.stop());

describe('a stage', () => {
  it('is up in under 3 seconds with every row', () => {
    expect(startedInMs).toBeLessThan(3000);
    expect(stage.rows).toHaveLength(faults.length);
  });

  it('fills in every placeholder of images and variables', () => {
    const texts = stage.rows.flatMap(({ image, environment }) => [
      image,
      environment.DOCKER_AUTH_CONFIG ?? '',
    ]);
    expect(texts.filter((text) => /\{[a-z]+[:}]/.test(text))).toEqual([]);
  });

  it('has a config folder of its own for each row', () => {
    const folders = stage.rows.map(({ environment }) => environment.DOCKER_CONFIG ?? '');
    expect(new Set(folders).size).toBe(faults.length);
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
  });

  it('leads a name to its host through the proxy', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(stage.proxy.port, stage.proxy.address);
      socket.on('error', reject);
      socket.on('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.write('CONNECT registry-1.docker.io:443 HTTP/1.1\r\nhost: registry-1.docker.io\r\n\r\n');
    });
    expect(answer).toContain('200 Connection established');
  });

  it('puts a helper on the PATH that serves the login', () => {
    const { environment } = stage.row('the helper works');
    const host = stage.addresses.get('basic') ?? '';
    const answer = execFileSync('docker-credential-clinic-good', ['get'], {
      input: host,
      env: environment,
      encoding: 'utf8',
    });
    expect(JSON.parse(answer)).toMatchObject({ ServerURL: host, Username: 'alice' });
  });

  it('says why a row cannot be shown here', () => {
    expect(stage.row('the name does not exist').unavailable).toContain('namespace');
  });
});
