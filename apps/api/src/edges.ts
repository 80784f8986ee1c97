import type { PrismaClient } from '@pull-doctor/database';
import type { Config } from './config.ts';

/** Everything that the application reaches the world through; tests give their own. */
export interface Edges {
  config: Config;
  db: PrismaClient;
  /** The built page. */
  webFolder: string;
  /** Docker's own variables (DOCKER_CONFIG, HTTPS_PROXY, SSL_CERT_FILE, PATH, …), read at each diagnosis. */
  environment: () => Record<string, string | undefined>;
  homeFolder: string;
  hostName: string;
  now: () => Date;
}
