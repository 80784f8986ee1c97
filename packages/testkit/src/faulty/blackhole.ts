import net from 'node:net';
import { Worker } from 'node:worker_threads';
import type { ListenAt, Listening } from '../http-listener.ts';

/*
 * The thread listens and then stops for good, so the kernel's queue of accepted connections fills, and with a full
 * queue Linux drops every further SYN: a client sees what a firewall that drops packets shows, "connect: timed out".
 * No firewall, no root. (Elsewhere than on Linux the connection is refused or accepted; callers ask `isBlackhole`.)
 */
const listenAndFreeze = `
  const net = require('node:net');
  const { parentPort, workerData } = require('node:worker_threads');
  const server = net.createServer().listen({ ...workerData, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
  });
  server.on('error', (error) => { throw error; });
`;

/** A port that swallows connection attempts. */
export async function startBlackhole({ address = '127.0.0.1', port = 0 }: ListenAt): Promise<Listening> {
  const worker = new Worker(listenAndFreeze, { eval: true, workerData: { host: address, port } });
  const boundPort = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await new Promise((resume) => setTimeout(resume, 40)); // until the thread has frozen
  const fillers = [1, 2, 3].map(() => net.connect(boundPort, address).on('error', () => {}));
  await new Promise((resume) => setTimeout(resume, 20));
  return {
    address,
    port: boundPort,
    host: boundPort === 443 ? address : `${address}:${boundPort}`,
    close: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
