import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readMessage } from '../../src/message/read-message.ts';
import { canonical } from '../../src/reference/names.ts';
import { parseReference } from '../../src/reference/parse-reference.ts';

/** A text as somebody posted it, and what it is. See corpus/README.md. */
export interface CorpusRow {
  id: string;
  text: string;
  client: string;
  /** Each is a right first answer for this text alone. */
  expected_any: string[];
  /** What the thread established; null where it never was. */
  true_cause: string | null;
  image: string | null;
  registry: string | null;
  source: string;
}

/** Shares between 0 and 1. */
export interface Score {
  rows: number;
  top1: number;
  meanOverCauses: number;
  trueCauseInThree: number;
  image: number;
  registry: number;
  /** Texts whose first cause is `likely` and wrong. Nothing that a text alone tells is surer than that. */
  likelyAndWrong: number;
  /** The ids of rows whose first cause is wrong. */
  missed: string[];
}

export function readCorpus(name: string): CorpusRow[] {
  const file = fileURLToPath(new URL(`./corpus/${name}.jsonl`, import.meta.url));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CorpusRow);
}

/** Scores the reader by the rules of corpus/README.md. */
export function score(rows: readonly CorpusRow[]): Score {
  const read = rows.map((row) => ({ row, reading: readMessage(row.text) }));
  const isRight = ({ row, reading }: (typeof read)[number]) =>
    row.expected_any.includes(reading.causes[0]?.cause ?? '');
  const byCause = Map.groupBy(read, ({ row }) => row.expected_any[0]);
  const shares = [...byCause.values()].map((group) => share(group, isRight));
  return {
    rows: rows.length,
    top1: share(read, isRight),
    meanOverCauses: shares.reduce((sum, one) => sum + one, 0) / shares.length,
    trueCauseInThree: share(
      read.filter(({ row }) => row.true_cause !== null),
      ({ row, reading }) => reading.causes.slice(0, 3).some(({ cause }) => cause === row.true_cause),
    ),
    image: share(
      read.filter(({ row }) => row.image !== null),
      ({ row, reading }) => normalised(reading.image) === normalised(row.image),
    ),
    registry: share(
      read.filter(({ row }) => row.registry !== null),
      ({ row, reading }) => reading.registry?.toLowerCase() === row.registry?.toLowerCase(),
    ),
    likelyAndWrong: read.filter((one) => !isRight(one) && one.reading.causes[0]?.certainty === 'likely')
      .length,
    missed: read.filter((one) => !isRight(one)).map(({ row }) => row.id),
  };
}

function share<Item>(items: readonly Item[], isRight: (item: Item) => boolean): number {
  return items.length === 0 ? 1 : items.filter(isRight).length / items.length;
}

/** A digest counts before a tag; a string that is no reference stands as it is. */
function normalised(image: string | null): string | null {
  if (image === null) return null;
  const parsed = parseReference(image);
  if (!parsed.ok) return image;
  const { reference } = parsed;
  return canonical({
    ...reference,
    registry: reference.registry.toLowerCase().replace(/^registry-1\.docker\.io$/, 'docker.io'),
    tag: reference.digest === null ? reference.tag : null,
  });
}
