import { Secret } from '@pull-doctor/contract/secret';
import { openHistoryFile, type PrismaClient } from '@pull-doctor/database';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Config } from './config.ts';
import type { Edges } from './edges.ts';
import { type AdminToken, tokenMatcher } from './features/access/admin-token.ts';
import { accessRoutes } from './features/access/routes.ts';
import { sessionsStore } from './features/access/sessions.store.ts';
import { type SignInCodes, signInCodes } from './features/access/sign-in-codes.ts';
import { type History, openHistory } from './features/attempts/history.ts';
import { attemptRoutes } from './features/attempts/routes.ts';
import { diagnosesStore } from './features/diagnoses/diagnoses.store.ts';
import { examiner } from './features/diagnoses/examiner.ts';
import { diagnosisRoutes } from './features/diagnoses/routes.ts';
import { daemonPool, endpointOf, readSurroundings, warmTrust } from './features/diagnoses/surroundings.ts';
import { docsRoutes } from './features/docs/routes.ts';
import { type Doors, openDoors } from './features/doors/doors.ts';
import { type FollowUp, followUp } from './features/doors/follow-up.ts';
import { healthRoutes } from './features/health/routes.ts';
import { openHostsStore } from './features/host/hosts.store.ts';
import { type LookAround, lookAround } from './features/host/look-around.ts';
import { hostRoutes } from './features/host/routes.ts';
import { eventHub } from './features/live/hub.ts';
import { liveRoutes } from './features/live/routes.ts';
import { metrics } from './features/metrics/metrics.ts';
import { metricsRoutes } from './features/metrics/routes.ts';
import { recognitionRoutes } from './features/recognition/routes.ts';
import { board } from './features/registries/board.ts';
import { pullHistory } from './features/registries/pull-history.ts';
import { registriesStore } from './features/registries/registries.store.ts';
import { type Registries, registries } from './features/registries/registries.ts';
import { registryRoutes } from './features/registries/routes.ts';
import { addAccess } from './plugins/access.ts';
import { addFaults, answerFrameworkError } from './plugins/faults.ts';
import { addHeaders } from './plugins/headers.ts';
import { addOpenApi } from './plugins/openapi.ts';
import { addWebFiles } from './plugins/web-files.ts';

export interface Application {
  app: FastifyInstance;
  codes: SignInCodes;
  look: LookAround;
  /** To be started once it listens. */
  registries: Registries;
  /** To be started once it listens, as well. */
  doors: Doors;
  /** Its retention is to be started once it listens. */
  pulls: History;
  /** To be called once it listens: what the first diagnosis would wait for. */
  warmUp: () => Promise<void>;
  /** The address that people open, once it listens. */
  origin: () => string;
}

// 64 KB of text, in which every character may be written as \uXXXX, and the rest of the request.
const bodyBytesMax = 512 * 1024;

/** Puts the application together. Nothing listens yet. */
export async function buildApp(
  edges: Edges,
  adminToken: AdminToken,
  logger: FastifyBaseLogger | false,
): Promise<Application> {
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    // Requests are logged by what fails; a line for each would bury it, and addresses can hold codes.
    logController: new LogController({ disableRequestLogging: true }),
    // A host has 253 characters and a port, and in an address each may be written with three.
    routerOptions: { maxParamLength: 800 },
    frameworkErrors: answerFrameworkError,
  });
  // Only JSON is read: as text it would reach the schema as a string, and the answer would name the wrong fault.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const { db, now, config } = edges;
  const host = await openHostsStore(db, edges.hostName, now());
  const diagnoses = diagnosesStore(db, host);
  await diagnoses.stopUnfinished(now());
  const sessions = sessionsStore(db, now);
  const codes = signInCodes(now);
  const hub = eventHub(now().getTime().toString(36));
  const daemons = daemonPool(now);
  const look = lookAround(edges, daemons, readSurroundings);
  const origin = () => config.publicUrl || listeningOrigin(app, config);
  let onNewFailure: FollowUp | null = null;
  const pulls = openHistory(openHistoryFile(await fileOf(db)), {
    host,
    now,
    log: app.log,
    changed: (id) => hub.publish({ kind: 'attempt-recorded', id }),
    newFailure: (id) => onNewFailure?.newFailure(id),
    kept: { days: config.historyDays, megabytes: config.historyMegabytes },
  });
  const examine = examiner(edges, daemons, { diagnoses, attempts: pulls.intake, hub, log: app.log });
  const counts = metrics();
  if (config.diagnosesNew)
    onNewFailure = followUp({
      examiner: examine,
      find: pulls.attempts.find,
      isHere: (attempt) => attempt.host === host.name(),
      link: pulls.intake.link,
      nowMs: () => now().getTime(),
      log: app.log,
    });
  const doors = openDoors({
    edges,
    daemons,
    readSurroundings,
    intake: pulls.intake,
    lastOf: (door) =>
      pulls.attempts.page({ filter: { door: [door] }, order: '-time', after: null, limit: 1 }).items[0],
    log: app.log,
    changed: () => hub.publish({ kind: 'host-changed', id: host.id }),
  });
  const logins = registriesStore(db, host);
  const history = pullHistory(db, host, pulls.registryUse);
  const inUse = registries({
    edges,
    host,
    daemons,
    readSurroundings,
    endpointOf,
    store: logins,
    history,
    hub,
    log: app.log,
    checked: counts.checked,
  });
  const shown = board({ edges, registries: inUse, store: logins, history });
  app.addHook('preClose', async () => {
    const followed = onNewFailure?.stop();
    await Promise.all([examine.stopAll(), inUse.stop(), doors.stop(), followed]);
  });
  // Requests that are answered until then may still read it.
  app.addHook('onClose', () => pulls.close());

  addFaults(app);
  addHeaders(app);
  await addOpenApi(app);
  await addAccess(app, { adminToken, sessions });
  await addWebFiles(app, edges.webFolder);
  healthRoutes(app, { db, webFolder: edges.webFolder });
  accessRoutes(app, { adminToken, sessions, codes, origin, now });
  recognitionRoutes(app);
  diagnosisRoutes(app, { examiner: examine, diagnoses });
  attemptRoutes(app, { history: pulls, now, doors: async () => doors.read(), findDiagnosis: examine.find });
  hostRoutes(app, { host, look, edges });
  registryRoutes(app, { board: shown, badges: config.badges });
  metricsRoutes(app, {
    metrics: counts,
    rows: shown.rows,
    scrapeToken: config.metricsToken ? { matches: tokenMatcher(new Secret(config.metricsToken)) } : null,
  });
  liveRoutes(app, { hub, now });
  docsRoutes(app);
  return {
    app,
    codes,
    look,
    pulls,
    registries: inUse,
    doors,
    origin,
    warmUp: () => warmTrust(edges, daemons),
  };
}

/** Where Prisma's file is: the history opens it as well. */
async function fileOf(db: PrismaClient): Promise<string> {
  const [main] = await db.$queryRaw<
    { file: string }[]
  >`SELECT file FROM pragma_database_list WHERE name = 'main'`;
  if (!main) throw new Error('The database has no file.');
  return main.file;
}

function listeningOrigin(app: FastifyInstance, { host, port }: Config): string {
  const address = app.server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  // 0.0.0.0 is where it listens, not where a person goes.
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${actualPort}`;
}
