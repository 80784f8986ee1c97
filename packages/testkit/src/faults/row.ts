import { configWithLogins, dockerHubKey } from '../docker-config-folder.ts';
import type { Cause, Expectation, Fault, Login } from './fault.ts';

type Details = Partial<Omit<Fault, 'name' | 'image' | 'expect'>> & { expect?: Omit<Expectation, 'cause'> };

/** A row in which the pull fails for `cause`. */
export function failing(name: string, image: string, cause: Cause, details: Details = {}): Fault {
  return {
    ...common(name, image, details),
    daemonPull: 'fails',
    ...details,
    expect: { cause, ...details.expect },
  };
}

/** A row in which the pull works. */
export function working(name: string, image: string, details: Details = {}): Fault {
  const expect = { cause: null, ...details.expect };
  return { ...common(name, image, details), daemonPull: 'works', ...details, expect };
}

/** Adds the healthy config.json with this login for the image's registry. */
export function as(login: Login, image: string, details: Details = {}): Details {
  return { ...details, sends: login, config: { text: configWithLogins({ [serverOf(image)]: login }) } };
}

/** The key under which docker keeps the login for an image. */
export function serverOf(image: string): string {
  const [first = ''] = image.split('/');
  return /[.:{]/.test(first) || first === 'localhost' ? first : dockerHubKey;
}

function common(name: string, image: string, details: Details) {
  // a placeholder is an address; a name needs a name server or a proxy
  const network = details.network ?? (image.includes('{') ? 'loopback' : 'by-name');
  return { name, image, network, place: 'anywhere', daemon: 'present' } as const;
}
