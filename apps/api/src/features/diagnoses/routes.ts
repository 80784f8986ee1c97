import { listDiagnoses, readDiagnosis, startDiagnosis, stopDiagnosis } from '@pull-doctor/contract/diagnoses';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../fault.ts';
import { mount } from '../../plugins/mount.ts';
import type { DiagnosesStore } from './diagnoses.store.ts';
import type { Examiner } from './examiner.ts';

export function diagnosisRoutes(
  app: FastifyInstance,
  { examiner, diagnoses }: { examiner: Examiner; diagnoses: DiagnosesStore },
): void {
  const found = async (id: string) => {
    const diagnosis = await examiner.find(id);
    if (!diagnosis)
      throw new Fault(
        'no-such-diagnosis',
        404,
        `There is no diagnosis ${id}.`,
        'GET /api/v1/diagnoses lists them.',
      );
    return diagnosis;
  };

  mount(app, startDiagnosis, async ({ body, query, reply }) => {
    const { id, stored, finished } = await examiner.start({ ...body, waits: query.wait > 0 });
    const ended = query.wait > 0 ? await Promise.race([finished, seconds(query.wait)]) : null;
    if (!ended) await stored();
    const diagnosis = ended ?? (await found(id));
    reply.code(diagnosis.state === 'running' ? 202 : 200);
    return diagnosis;
  });

  mount(app, readDiagnosis, ({ params }) => found(params.id));

  mount(app, listDiagnoses, async ({ query: { limit, cursor } }) => {
    // One more than asked for tells whether there is a next page.
    const items = await diagnoses.list({ limit: limit + 1, before: cursor ?? null });
    const hasMore = items.length > limit;
    return { items: items.slice(0, limit), nextCursor: hasMore ? (items[limit - 1]?.id ?? null) : null };
  });

  mount(app, stopDiagnosis, async ({ params }) => {
    await found(params.id);
    await examiner.stop(params.id);
    return found(params.id);
  });
}

function seconds(count: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000, null).unref());
}
