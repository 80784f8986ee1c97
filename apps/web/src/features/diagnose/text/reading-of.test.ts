import type { Step } from '@pull-doctor/contract/diagnoses';
import type { MessageReading } from '@pull-doctor/contract/message';
import { describe, expect, it } from 'vitest';
import { imageGiven, readingOf } from './reading-of.ts';

const base = { state: 'done', ms: 1, startedMs: 0, summary: '', from: 'pasted' } as const;
const reference = (text: string): Step => ({
  ...base,
  step: 'reference',
  evidence: {
    text,
    reference: null,
    fault: null,
    familiar: text,
    canonical: `docker.io/${text}`,
    endpoint: null,
  },
});
const failure = {
  causes: [{ cause: 'unknown', certainty: 'guess', signs: [], decides: '' }],
  image: null,
  imageAt: null,
  registry: null,
  client: null,
  platform: null,
  status: null,
  credentialsSent: 'unknown',
  verb: null,
  at: null,
  start: 0,
  end: 0,
} satisfies Omit<MessageReading, 'groups'>;
const text = (image: string | null): Step => {
  const told = { ...failure, image };
  return { ...base, step: 'text', evidence: { ...told, groups: [told] } };
};

it('a diagnosis without an error text has no reading', () => {
  expect(readingOf({ steps: [reference('acme/web')] })).toBeNull();
});

describe('the image that a person gave', () => {
  const input = 'docker pull acme/web\ndenied';

  it('is the one that was diagnosed where the text names none', () => {
    expect(imageGiven({ input: 'denied', steps: [reference('acme/web'), text(null)] })).toBe('acme/web');
  });

  it('is none where the text or the command before it names it', () => {
    expect(imageGiven({ input, steps: [reference('acme/web'), text(null)] })).toBe('');
    expect(imageGiven({ input, steps: [reference('acme/web'), text('docker.io/acme/web')] })).toBe('');
  });

  it('is the other one where the text names one that was not diagnosed', () => {
    expect(imageGiven({ input, steps: [reference('acme/api'), text('acme/web')] })).toBe('acme/api');
  });

  it('is none without an error text', () => {
    expect(imageGiven({ input: 'acme/web', steps: [reference('acme/web')] })).toBe('');
  });
});
