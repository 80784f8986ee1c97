import net from 'node:net';
import type { TcpEvidence } from '@pull-doctor/contract/evidence/network';
import type { Failure } from '@pull-doctor/contract/exchange';
import { failure, failureOf } from '../failure.ts';
import { patience, stopped } from '../patience.ts';
import type { Address } from './look-up.ts';

export interface Connected {
  socket: net.Socket | null;
  /** In the order in which they were tried. */
  tried: TcpEvidence['tried'];
  connectedTo: Address | null;
  /** The last failure, where no address could be connected to. */
  failure: Failure | null;
}

// Go waits this long for the first family before it tries the other beside it (RFC 6555); here for each address.
const staggerMs = 300;

// A name with hundreds of addresses is no reason to knock at all of them.
const addressesMax = 8;

/**
 * Connects to the first address that answers. The next one is tried as soon as one fails, or beside it when it takes
 * longer than 300 ms; those that were still silent when another answered are not listed as failures.
 */
export async function connectTcp(
  addresses: readonly Address[],
  port: number,
  { signal, timeoutMs }: { signal: AbortSignal; timeoutMs: number },
): Promise<Connected> {
  const candidates = addresses.slice(0, addressesMax);
  const tried: TcpEvidence['tried'] = [];
  const sockets = new Set<net.Socket>();
  const patient = patience(signal, timeoutMs + staggerMs * (candidates.length - 1));
  let last: Failure = failure('tcp', 'unreachable', 'There is no address to connect to.');

  const winner = await new Promise<{ socket: net.Socket; address: Address } | null>((resolve) => {
    let next = 0;
    let open = 0;
    let stagger: NodeJS.Timeout | undefined;
    const end = (found: { socket: net.Socket; address: Address } | null) => {
      clearTimeout(stagger);
      resolve(found);
    };
    const startNext = () => {
      clearTimeout(stagger);
      const address = candidates[next];
      if (!address) return open === 0 ? end(null) : undefined;
      next += 1;
      open += 1;
      const started = performance.now();
      const socket = net.connect({ host: address.address, port, noDelay: true });
      sockets.add(socket);
      socket.once('connect', () => {
        socket.removeListener('error', onError);
        tried.push({ address: address.address, port, failure: null, ms: performance.now() - started });
        end({ socket, address });
      });
      const onError = (error: Error) => {
        sockets.delete(socket);
        open -= 1;
        last = failureOf(error, 'tcp');
        tried.push({ address: address.address, port, failure: last, ms: performance.now() - started });
        startNext();
      };
      socket.once('error', onError);
      stagger = setTimeout(startNext, staggerMs);
    };
    patient.signal.addEventListener('abort', () => {
      last = patient.failure('tcp', 'connect-timed-out', 'Nothing answered');
      const pending = candidates
        .slice(0, next)
        .filter(({ address }) => !tried.some((one) => one.address === address));
      for (const { address } of pending) tried.push({ address, port, failure: last, ms: timeoutMs });
      end(null);
    });
    if (signal.aborted) {
      last = stopped(signal);
      end(null);
    } else {
      startNext();
    }
  });

  patient.done();
  for (const socket of sockets) {
    if (socket === winner?.socket) continue;
    socket.on('error', ignoreLate);
    socket.destroy();
  }
  return {
    socket: winner?.socket ?? null,
    tried,
    connectedTo: winner?.address ?? null,
    failure: winner ? null : last,
  };
}

// A socket that lost the race may still report that it was refused.
function ignoreLate(): void {}
