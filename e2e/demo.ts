// `npm run demo`: the built product on a host whose images fail in two dozen ways. Needs neither network nor root.
import { type StagedHost, startStagedHost } from './staged-host.ts';

const end = endsOnSignal();
const host = await startStagedHost();
try {
  const server = await host.start({ port: Number(process.env.PULL_DOCTOR_PORT ?? 0) });
  await watch(server.origin, host);
  console.log(textOf(host, server.link));
  await Promise.race([end, server.ended]);
  await server.stop();
} finally {
  await host.stop();
}
console.log('The demo has ended and left nothing behind.');
// pooled connections to servers that are gone must not hold the process
process.exit(0);

/** Ctrl-C, or what a service manager or npm sends. A second Ctrl-C while it cleans up changes nothing. */
function endsOnSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

/** Adds a registry by hand, as a person does: without a login, so that the board has that word too. */
async function watch(origin: string, { adminToken, unwatched }: StagedHost): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/registries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ host: unwatched }),
  });
  if (!answer.ok) throw new Error(`the registry was not added: ${await answer.text()}`);
}

function textOf({ images, noDaemon }: StagedHost, link: string): string {
  const daemon = noDaemon
    ? `A stand-in answers in place of the Docker daemon and pulls nothing (${noDaemon}).`
    : 'A Docker daemon of its own runs beside it, so "Also pull through the daemon" pulls.';
  return [
    'Pull Doctor, with staged faults. Nothing leaves this machine.',
    '',
    `  ${link}`,
    '',
    'That link signs you in once. The overview shows how every registry of this host stands, one in each way. Paste any',
    'of these into Diagnose:',
    '',
    ...images.map(({ reference, says }) => `  ${reference}\n      ${says}`),
    '',
    daemon,
    'Ctrl-C ends it.',
  ].join('\n');
}
