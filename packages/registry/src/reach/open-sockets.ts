import type net from 'node:net';

/** The connections of one piece of work, so that none outlives it. */
export class OpenSockets {
  readonly #sockets = new Set<net.Socket>();

  // A socket between two requests has nobody who listens, and an unheard error would end the process.
  keep(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }

  destroy(): void {
    // The latest first: TLS before the connection that carries it. The other way round, Node 24 ends the process with a
    // segmentation fault where nothing was sent yet.
    for (const socket of [...this.#sockets].reverse()) socket.destroy();
  }
}
