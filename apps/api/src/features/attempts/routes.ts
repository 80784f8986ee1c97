import { Readable } from 'node:stream';
import {
  AttemptFilter,
  listAttempts,
  readAttempt,
  readAttemptStats,
  reportAttempts,
} from '@pull-doctor/contract/attempts';
import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { listFailures, readFailure } from '@pull-doctor/contract/failures';
import { type DoorState, keepDiagnosis, readHistory } from '@pull-doctor/contract/history';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { Fault } from '../../fault.ts';
import { mount } from '../../plugins/mount.ts';
import { type ExportFormat, exported, exportFormats } from './export.ts';
import type { History } from './history.ts';
import { keptDiagnosis } from './keep-diagnosis.ts';
import { placeText, readPlace } from './place-text.ts';
import { takeReports } from './reports.ts';

/** A thousand reports of the size that CI jobs send, and a few with long messages. */
const reportBytesMax = 8 * 1024 * 1024;

const AttemptPlace = z.tuple([z.string(), z.union([z.string(), z.number(), z.null()]), z.number()]);
const FailurePlace = z.tuple([z.string(), z.string()]);

export function attemptRoutes(
  app: FastifyInstance,
  parts: {
    history: History;
    now: () => Date;
    doors: () => Promise<DoorState[]>;
    findDiagnosis: (id: string) => Promise<Diagnosis | null>;
  },
): void {
  const { history, now, doors, findDiagnosis } = parts;
  const { intake, attempts, failures, stats } = history;

  const attemptOf = (id: string) => {
    const attempt = attempts.find(id);
    if (!attempt)
      throw new Fault(
        'no-such-attempt',
        404,
        `There is no pull attempt ${id}.`,
        'GET /api/v1/attempts lists them.',
      );
    return attempt;
  };

  mount(app, listAttempts, ({ query: { limit, cursor, sort, ...filter } }) => {
    const place =
      cursor === undefined
        ? null
        : readPlace(
            cursor,
            AttemptPlace.refine(([order]) => order === sort),
          );
    const { items, end } = attempts.page({
      filter,
      order: sort,
      after: place && { value: place[1], seq: place[2] },
      limit,
    });
    return { items, nextCursor: end && placeText([sort, end.value, end.seq]) };
  });

  mount(app, readAttempt, ({ params }) => attemptOf(params.id));

  mount(app, readAttemptStats, ({ query: { steps, ...filter } }) =>
    stats.read({ filter, steps, nowMs: now().getTime() }),
  );

  mount(
    app,
    reportAttempts,
    async ({ body }) => ({
      results: await takeReports(intake, Array.isArray(body) ? body : [body], now()),
    }),
    { bodyLimit: reportBytesMax },
  );

  mount(app, listFailures, ({ query: { limit, cursor, state, ...filter } }) => {
    const place = cursor === undefined ? null : readPlace(cursor, FailurePlace);
    const { items, end } = failures.page({
      filter,
      states: state,
      after: place && { lastSeenAt: place[0], fingerprint: place[1] },
      limit,
      nowMs: now().getTime(),
    });
    return { items, nextCursor: end && placeText([end.lastSeenAt, end.fingerprint]) };
  });

  mount(app, readFailure, ({ params }) => {
    const failure = failures.find(params.fingerprint, now().getTime());
    if (!failure)
      throw new Fault(
        'no-such-failure',
        404,
        `There is no failure ${params.fingerprint}.`,
        'GET /api/v1/failures lists them.',
      );
    return failure;
  });

  mount(app, readHistory, async () => ({
    doors: await doors(),
    trouble: intake.trouble(),
    kept: history.kept(),
  }));

  mount(app, keepDiagnosis, async ({ params }) => {
    const diagnosis = await findDiagnosis(params.id);
    if (!diagnosis)
      throw new Fault(
        'no-such-diagnosis',
        404,
        `There is no diagnosis ${params.id}.`,
        'GET /api/v1/diagnoses lists them.',
      );
    const [recorded] = await intake.record([keptDiagnosis(diagnosis)]);
    return attemptOf(recorded?.id ?? '');
  });

  app.get<{ Querystring: AttemptFilter & { format: ExportFormat } }>(
    '/api/v1/attempts/export',
    {
      config: { audience: 'signed-in' },
      schema: {
        summary: 'Pull attempts as a file, newest first: CSV (RFC 4180) or one JSON object a line',
        querystring: AttemptFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') }),
      },
    },
    ({ query: { format, ...filter } }, reply) => {
      const { type, ending } = exportFormats[format];
      const name = `pull-attempts-${now().toISOString().slice(0, 19).replaceAll(':', '-')}.${ending}`;
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exported(attempts, filter, format), { objectMode: false }));
    },
  );
}
