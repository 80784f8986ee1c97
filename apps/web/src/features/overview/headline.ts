import type { DockerHost } from '@pull-doctor/contract/host';

const configWords: Record<DockerHost['config']['state'], (path: string) => string> = {
  read: (path) => `${path} can be read.`,
  absent: (path) => `There is no ${path}, so pulls go without a credential.`,
  unreadable: (path) => `${path} cannot be read.`,
  malformed: (path) => `${path} is broken, so Docker cannot read it either.`,
};

/** One sentence on whether the host can be seen, and one on what that rests on. */
export function headlineOf({ name, user, daemon, config }: DockerHost): { title: string; under: string } {
  const configSays = configWords[config.state](config.path);
  if (!daemon.reached)
    return {
      title: `Docker on ${name} does not answer`,
      under: `Registries can be diagnosed all the same, as user ${user}. ${configSays}`,
    };
  const version = daemon.info ? `Docker ${daemon.info.version} runs` : 'Docker runs';
  return {
    title:
      config.state === 'malformed'
        ? `Docker's configuration on ${name} is broken`
        : `Docker on ${name} answers`,
    under: `${version}. Pulls are looked at as user ${user}. ${configSays}`,
  };
}
