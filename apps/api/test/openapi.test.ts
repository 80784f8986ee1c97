import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../src/fault-codes.ts';
import { startApplication } from './application.ts';

const written = new URL('../../../docs/openapi.json', import.meta.url);

describe('the documentation', () => {
  it('is OpenAPI 3.1, and docs/openapi.json is what the server answers', async () => {
    const application = await startApplication(() => ({}));
    const answer = await application.app.inject({
      url: '/api/v1/openapi.json',
      headers: application.headers,
    });
    const document = answer.json();
    await application.close();
    expect(document.openapi).toBe('3.1.1');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/diagnoses', '/api/v1/recognize', '/api/v1/classify']),
    );
    // After a change of the contract: npx vitest run openapi -u
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(written.pathname);
  });

  it('describes every address and every error code for people', async () => {
    const application = await startApplication(() => ({}));
    const { body } = await application.app.inject({ url: '/api/docs', headers: application.headers });
    await application.close();
    for (const path of Object.keys(JSON.parse(readFileSync(written, 'utf8')).paths))
      expect(body).toContain(path);
    for (const code of Object.keys(faultCodes)) expect(body).toContain(`id="problem-${code}"`);
  });
});
