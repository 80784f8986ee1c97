import { configFiles } from './config-files.ts';
import { configKeys } from './config-keys.ts';
import { credentials } from './credentials.ts';
import { daemons } from './daemons.ts';
import type { Fault } from './fault.ts';
import { healthy } from './healthy.ts';
import { helpers } from './helpers.ts';
import { imageContents } from './image-contents.ts';
import { networks } from './networks.ts';
import { providers } from './providers.ts';
import { proxies } from './proxies.ts';
import { references } from './references.ts';
import { registryAnswers } from './registry-answers.ts';
import { tlsSituations } from './tls-situations.ts';

/** Every fault that the testkit can stage, with its true cause, and every pull that works. Names are unique. */
export const faults: readonly Fault[] = [
  ...healthy,
  ...references,
  ...configFiles,
  ...configKeys,
  ...helpers,
  ...credentials,
  ...providers,
  ...networks,
  ...proxies,
  ...tlsSituations,
  ...registryAnswers,
  ...imageContents,
  ...daemons,
];
