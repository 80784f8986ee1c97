import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from './figures.ts';
import { reportOf } from './history.ts';
import { type HistoryServer, startOn } from './history-server.ts';

/** The server is killed again and again while attempts are reported: what was acknowledged must be there, once. */
export async function killsUnderIntake(data: string, kills: number): Promise<Figure[]> {
  const acknowledged = new Map<string, string>();
  const starts: number[] = [];
  const unanswered: ReturnType<typeof reportOf>[][] = [];
  let sent = 0;
  let changed = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await startOn(data);
    starts.push(server.readyMs);
    // What was under way at the kill is sent again, as a reporter does that got no answer.
    const senders = [1, 20, 200].map((size) => send(server, size));
    await sleep(30 + Math.random() * 400);
    await server.kill();
    await Promise.all(senders);
  }
  const last = await startOn(data);
  await last.stop();
  const db = new DatabaseSync(last.file);
  const [{ integrity_check: integrity }] = db.prepare('PRAGMA integrity_check').all() as [
    { integrity_check: string },
  ];
  const rows = db.prepare('SELECT id, key FROM PullAttempt').all() as { id: string; key: string }[];
  const byKey = new Map(rows.map(({ id, key }) => [key, id]));
  const lost = [...acknowledged].filter(([key, id]) => byKey.get(key) !== id).length;
  const counted = db.prepare('SELECT sum(count) AS count FROM PullHour').get() as { count: number };
  db.exec("INSERT INTO PullTextIndex (PullTextIndex) VALUES ('integrity-check')");
  db.close();
  const detail = `${acknowledged.size} acknowledged, ${rows.length} recorded, ${kills} kills`;
  return [
    { what: 'acknowledged attempts lost by kills', measured: lost, limit: 0, unit: '', detail },
    {
      what: 'attempts recorded twice',
      measured: rows.length - byKey.size + changed,
      limit: 0,
      unit: '',
      detail,
    },
    {
      what: 'attempts that the sums miss or count twice',
      measured: Math.abs(counted.count - rows.length),
      limit: 0,
      unit: '',
      detail: '',
    },
    {
      what: 'faults of the file',
      measured: integrity === 'ok' ? 0 : 1,
      limit: 0,
      unit: '',
      detail: `integrity_check: ${integrity}`,
    },
    {
      what: 'start after a kill, the slowest',
      measured: Math.max(...starts) / 1000,
      limit: 2,
      unit: 's',
      detail: 'to /readyz',
    },
  ];

  async function send(server: HistoryServer, size: number): Promise<void> {
    for (;;) {
      const batch = unanswered.shift() ?? Array.from({ length: size }, () => reportOf(sent++, 'kill'));
      try {
        take(await server.report(batch));
      } catch {
        unanswered.push(batch);
        return;
      }
    }
  }

  function take({ results }: Awaited<ReturnType<HistoryServer['report']>>): void {
    for (const { id, key } of results) {
      if ((acknowledged.get(key) ?? id) !== id) changed += 1;
      acknowledged.set(key, id);
    }
  }
}
