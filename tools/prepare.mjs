import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run-program.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const tools = path.join(root, 'tools');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const nodeIsFine = major >= 24 || (major === 22 && minor >= 22);

/**
 * Brings the pinned tools and the workspace's packages, unless they are there already.
 * Gives the path of Node, a function that runs pnpm, and the environment for programs of the workspace.
 */
export async function prepare() {
  process.chdir(root);
  const env = cleanEnvironment();
  const toolsStamp = path.join(tools, 'node_modules/.stamp');
  // Tools that were fetched under a newer Node have no Node of their own among them.
  if (!nodeIsFine && !bundledNode()) rmSync(toolsStamp, { force: true });
  await once(toolsStamp, ['tools/package.json', 'tools/package-lock.json'], () => {
    console.error('Fetching the pinned tools …');
    const omit = nodeIsFine ? ['--omit=optional'] : [];
    const args = ['ci', ...omit, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    return run('npm', args, { cwd: tools, env, shell: process.platform === 'win32' });
  });
  const node = nodeIsFine ? process.execPath : (bundledNode() ?? giveUp());
  env.PATH = [path.dirname(node), path.join(tools, 'node_modules/.bin'), env.PATH].join(path.delimiter);
  const pnpm = (...args) => run(node, [path.join(tools, 'node_modules/pnpm/bin/pnpm.mjs'), ...args], { env });
  await once(path.join(root, 'node_modules/.stamp'), ['pnpm-lock.yaml', 'pnpm-workspace.yaml'], () => {
    console.error('Installing packages …');
    return pnpm('install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only');
  });
  return { node, pnpm, env };
}

/** npm tells its scripts where it works and who they are; a nested npm or pnpm must not inherit that. */
function cleanEnvironment() {
  const inherited = /^npm_(lifecycle|package|command|execpath|node_execpath|config_local_prefix)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !inherited.test(key)));
  // A program that a team runs on its servers reports to nobody.
  return { ...env, TURBO_TELEMETRY_DISABLED: '1' };
}

/** Does the work unless it was already done with the same inputs. The stamp lies in the folder that the work fills. */
async function once(stamp, inputs, work) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of inputs) hash.update(readFileSync(path.join(root, file)));
  const want = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  rmSync(stamp, { force: true });
  const status = await work();
  if (status !== 0) process.exit(status);
  writeFileSync(stamp, want);
}

function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]
    .map((name) => path.join(tools, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node'))
    .find((file) => existsSync(file));
}

function giveUp() {
  console.error(
    `Pull Doctor needs Node 22.22 or 24 and later; this is ${process.version}, and no newer Node is published on npm for ${process.platform} ${process.arch}.`,
  );
  process.exit(1);
}
