import type { SeenHost } from './features/host/look-around.ts';

/** What was found of Docker on this host, one line each, for the terminal. */
export function describeSurroundings({ daemon, config, notes }: SeenHost): string[] {
  const docker = daemon.reached
    ? `Docker ${daemon.info?.version} on ${daemon.info?.name} answers at ${daemon.address}.`
    : `No Docker daemon answers at ${daemon.address} (${daemon.failure?.message}). Registries can be asked all the same; real pulls and the daemon's own settings are out of sight.`;
  const file = {
    read: `Docker's client configuration was read from ${config.path}.`,
    absent: `There is no ${config.path}: Docker would send no credential.`,
    unreadable: `${config.path} cannot be read as ${config.readAs}.`,
    malformed: `${config.path} is broken: ${config.faults[0]?.what ?? 'Docker cannot read it.'}`,
  }[config.state];
  return [docker, file, ...notes];
}
