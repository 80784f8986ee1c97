import { providers } from '../providers/providers.ts';
import { parseReference } from '../reference/parse-reference.ts';
import { withoutScheme } from '../reference/web-address.ts';

export type ReadHost = { ok: true; host: string } | { ok: false; what: string; fix: string };

const fix = 'Only the host: ghcr.io. The rest belongs to the image name.';
const refuse = (what: string): ReadHost => ({ ok: false, what, fix });

/** Web sites of those who run registries: people paste their address, and the registry has another. */
const registryOfSite = new Map(
  Object.entries({
    'hub.docker.com': 'docker.io',
    'docker.com': 'docker.io',
    'app.docker.com': 'docker.io',
    'auth.docker.io': 'docker.io',
    'github.com': 'ghcr.io',
    'gitlab.com': 'registry.gitlab.com',
    'gallery.ecr.aws': 'public.ecr.aws',
  }),
);

/**
 * The host of a registry in what somebody enters or pastes: a host, an address, the name of an image, a line with
 * `docker pull` or `docker login`. As image names have it, in lower case, with its port; `docker.io` for every name of
 * Docker Hub. What holds a login is refused without being shown.
 */
export function readHost(text: string): ReadHost {
  const { subject: pasted, isImage } = subjectOf(text.trim());
  if (pasted === '') return refuse('There is no host in it.');
  if (/\s/.test(pasted)) return refuse('This is more than one word, so it names no host.');
  const address = withoutScheme(pasted);
  if (/^[^/]*@/.test(address.replace(/@sha256:[0-9a-f]+.*$/i, '')))
    return refuse('The address holds a login, which does not belong here.');
  const [first = '', ...path] = address.split('/');
  const site = registryOfSite.get(first.toLowerCase().replace(/^www\./, ''));
  if (site) return { ok: true, host: site };
  if (looksLikeHost(first)) return hostOfImage(`${first.toLowerCase()}/any/image`);
  // With a path or a tag it is the name of an image, and one without a host is Docker Hub's.
  if (isImage || path.some((part) => part !== '') || first.includes(':'))
    return hostOfImage(address.replace(/\/+$/, ''));
  return refuse(
    parseReference(first).ok
      ? `"${first.slice(0, 60)}" is a host only with a dot or a port in it; otherwise Docker reads it as an image of Docker Hub.`
      : 'This names no host of a registry.',
  );
}

/** Of a command its last word that is no option. What is pulled is an image; `docker login` alone is about Docker Hub. */
function subjectOf(text: string): { subject: string; isImage: boolean } {
  const command =
    /^(?:\$\s+)?(?:sudo\s+)?(?:docker|podman|nerdctl)\s+(?:image\s+)?(pull|push|login|logout)\b(.*)$/is.exec(
      text,
    );
  if (!command) return { subject: text, isImage: false };
  const [, verb = '', rest = ''] = command;
  const isImage = /^pu/i.test(verb);
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const last = words.at(-1);
  const isOption = last === undefined || last.startsWith('-') || isOptionWithValue(words.at(-2));
  return { subject: isOption ? (isImage ? '' : 'docker.io') : last, isImage };
}

function isOptionWithValue(word: string | undefined): boolean {
  return word !== undefined && /^(?:-u|--username|-p|--password|--platform)$/.test(word);
}

/** As Docker tells a host from the first part of a name: by a dot, a port, or `localhost`. */
function looksLikeHost(first: string): boolean {
  return first.includes('.') || /:\d+$/.test(first) || first === 'localhost' || first.startsWith('[')
    ? // nginx:1.27 is an image and its tag
      !/^[^.[]+:(?!\d+$)/.test(first)
    : false;
}

function hostOfImage(image: string): ReadHost {
  const parsed = parseReference(image);
  if (!parsed.ok) return refuse(parsed.fault.what);
  const { registry } = parsed.reference;
  const [hub] = providers;
  return { ok: true, host: hub?.owns(registry) ? 'docker.io' : registry };
}
