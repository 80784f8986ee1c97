import type { LogEntry } from '../read-line.ts';
import { errorAfter, type Said, said } from '../said.ts';

const notFound = 'trying next host - response was http.StatusNotFound';

/** What dockerd, and containerd's client in it, say while they pull into containerd's store. */
export function containerdStore(entry: LogEntry): Said | null {
  const { message, error } = entry;
  if (message === 'image pulled') return said('pulled', message, null);
  // Written for every host, the last one too, where there is no next one.
  if (message === notFound) return said('passed-over', notFound, null);
  if (message === 'trying next host' || message === 'fetch failed')
    return said('passed-over', message, error);
  if (message.startsWith('reference for unknown type'))
    return said('aside', 'reference for unknown type', null);
  // Only where schema 1 is switched off, and then the pull ends with it.
  if (message.startsWith('[DEPRECATION NOTICE] Docker Image Format v1'))
    return said('failed', 'DEPRECATION NOTICE', message);
  // Cleaned up is what was being unpacked when the unpacking failed.
  if (message.startsWith('failed to cleanup "extract-')) return said('failed', 'failed to cleanup', error);
  return contentStore(entry);
}

// The names under which a pull writes into containerd's content store.
const ofPull = /^(?:manifest|index|layer|config)-sha(?:256|512):/;

/**
 * Content that is not what its digest says. It ends a pull into containerd's store; dockerd's own store keeps manifests there
 * beside its own, and goes on ("Error persisting manifest").
 */
function contentStore(entry: LogEntry): Said | null {
  const phrase = '(*service).Write failed';
  const found = errorAfter(phrase, entry);
  if (!found || !ofPull.test(entry.fields.get('ref') ?? '')) return null;
  const isOfContent = /unexpected commit digest|failed size validation/.test(found.error ?? '');
  return isOfContent ? said('failed', phrase, found.error) : null;
}
