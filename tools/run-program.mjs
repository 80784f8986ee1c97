import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and gives its exit status. Ctrl-C reaches the whole group by itself, so it is only waited
 * for; SIGTERM is passed on.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const wait = () => {};
    const stop = () => child.kill('SIGTERM');
    process.on('SIGINT', wait).on('SIGTERM', stop);
    // npm dies of SIGTERM without passing it on (service managers send it): notice that the parent is gone.
    const parent = process.ppid;
    const orphaned = setInterval(() => process.ppid !== parent && stop(), 500);
    const end = (status) => {
      clearInterval(orphaned);
      process.off('SIGINT', wait).off('SIGTERM', stop);
      resolve(status);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(1);
    });
    child.on('exit', (status, signal) => end(status ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}
