import { readMessage } from '@pull-doctor/diagnosis/message/read-message';
import { readCorpus } from '../packages/diagnosis/test/message/score.ts';
import { type Figure, median } from './figures.ts';

const rounds = 5;

/** How long reading an error text takes: texts as people post them, and 64 KB of them at once. */
export async function readingMessages(): Promise<Figure[]> {
  const texts = readCorpus('public-threads').map(({ text }) => text);
  // Once for the compiler: the server reads many texts in its life.
  for (const text of texts) readMessage(text);
  const each = texts.map((text) => median(Array.from({ length: rounds }, () => timed(text))));
  const long = [...texts, ...texts].join('\n').slice(0, 64 * 1024);
  const whole = Array.from({ length: rounds }, () => timed(long));
  return [
    {
      what: 'reading one text',
      measured: median(each),
      limit: 1,
      unit: 'ms',
      detail: `median of ${texts.length} texts`,
    },
    {
      what: 'reading one text, the slowest',
      measured: Math.max(...each),
      limit: 5,
      unit: 'ms',
      detail: `each the median of ${rounds}`,
    },
    {
      what: 'reading 64 KB',
      measured: median(whole),
      limit: 50,
      unit: 'ms',
      detail: `${Math.round(long.length / 1024)} KB of such texts; median of ${rounds}`,
    },
  ];
}

function timed(text: string): number {
  const started = performance.now();
  readMessage(text);
  return performance.now() - started;
}
