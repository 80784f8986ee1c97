import { watchConfig } from '../src/watch-config.ts';

/*
 * A program for the test of mounts, which have to be seen by a process inside their namespace: prints a line when it
 * watches, and one for every change of the folder it is given.
 */
const [folder = ''] = process.argv.slice(2);
const watch = watchConfig([folder], () => console.log('changed'));
await watch.ready;
console.log('ready');
// the watch keeps no process alive; this does, until whoever started it is gone
process.stdin.on('end', () => watch.close()).resume();
