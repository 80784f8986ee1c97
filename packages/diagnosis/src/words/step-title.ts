import type { StepName } from '@pull-doctor/contract/steps';

/** The steps as the page names them. */
export const stepTitles: Record<StepName, string> = {
  reference: 'Reference',
  text: 'Error text',
  credentials: 'Credentials',
  dns: 'DNS',
  tcp: 'TCP',
  proxy: 'Proxy',
  tls: 'TLS',
  ping: 'Registry ping',
  challenge: 'Auth challenge',
  token: 'Token',
  manifest: 'Manifest',
  platform: 'Platform',
  daemon: 'Daemon',
  pull: 'Real pull',
};
