import type { Readable } from 'node:stream';
import { byteLines } from './byte-lines.ts';
import { timeOf } from './line-time.ts';
import { cutSays, type LogSource, lineBytesMax } from './log-source.ts';

/** What a forwarder writes to standard input: `journalctl -f -o cat -u docker | …`. It cannot be read again. */
export function streamLog(stream: Readable): LogSource {
  return {
    id: 'stdin',
    async *follow(_, signal) {
      yield { kind: 'state', open: true, says: 'The daemon’s log is read from standard input.' };
      const stop = () => stream.destroy();
      signal.addEventListener('abort', stop, { once: true });
      const lines = byteLines(lineBytesMax);
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          const added = lines.add(chunk);
          if (added.length > 0)
            yield {
              kind: 'lines',
              lines: added.map(({ text }) => ({ at: timeOf(text), text, cursor: null })),
            };
          for (const { cutBytes } of added) if (cutBytes > 0) yield { kind: 'gap', says: cutSays(cutBytes) };
        }
        const rest = lines.rest();
        if (rest) yield { kind: 'lines', lines: [{ at: timeOf(rest.text), text: rest.text, cursor: null }] };
      } catch (error) {
        if (signal.aborted) return;
        yield {
          kind: 'state',
          open: false,
          says: `Standard input cannot be read: ${(error as Error).message}.`,
        };
        return;
      } finally {
        signal.removeEventListener('abort', stop);
      }
      yield {
        kind: 'state',
        open: false,
        says: 'Standard input has ended: the program that forwards the daemon’s log has stopped. Start both again.',
      };
    },
  };
}
