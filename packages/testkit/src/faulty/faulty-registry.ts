import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler } from '../http-listener.ts';
import { answerError, answerPing } from '../registry-answer.ts';
import { type FaultyImageName, faultyImages, serveFaultyImage } from './image-faults.ts';
import { type ManifestFaultName, manifestFaults } from './manifest-faults.ts';

/** The faults, as the first part of the repository's path: "HOST/hang/app:1" never answers the manifest request. */
export type FaultName = ManifestFaultName | FaultyImageName;

export const faultNames = [...Object.keys(manifestFaults), ...Object.keys(faultyImages)] as FaultName[];

/**
 * A registry without any login that breaks in the way its path asks for.
 *
 * "ok" is among the names and works. The ping always works, so that a fault shows at the step it belongs to.
 */
export function faultyRegistry(): Handler {
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === '/v2/') return answerPing(response);
    const [, name = '', kind, reference = ''] =
      /^\/v2\/(\w+)\/.+\/(manifests|blobs|tags)\/(.+)$/.exec(path) ?? [];
    if (name in manifestFaults) return manifestFaults[name as ManifestFaultName](request, response);
    if (name in faultyImages && kind !== undefined) {
      return serveFaultyImage(name as FaultyImageName, kind, reference, request, response);
    }
    answerError(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
  };
}
