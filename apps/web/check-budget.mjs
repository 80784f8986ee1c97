// Fails where the built page is heavier than its budget. Run after `vite build`; sizes are gzip, in KB of 1000 bytes.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = { firstViewJs: 130, routeJs: 35, css: 18, fonts: 55, fontFiles: 2 };

const dist = new URL('./dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const read = (file) => readFileSync(new URL(file, dist));
const gzipOf = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0) / 1000;

/** Every JS file that loads together with this one. */
function filesWith(key, seen = new Set()) {
  const chunk = manifest[key];
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) filesWith(imported, seen);
  return seen;
}

const entry = filesWith('index.html');
const routes = Object.keys(manifest).filter((key) => manifest[key].isDynamicEntry);
const overview = routes.find((key) => key.endsWith('OverviewPage.tsx'));
if (!overview)
  throw new Error(
    'The overview is no route of its own any more: tell check-budget.mjs what the first view is.',
  );

// what a page loads after it was drawn comes on top of that page
const pagesWith = (key) =>
  routes.filter((page) => page !== key && manifest[page].dynamicImports?.includes(key));

const firstView = new Set([...entry, ...filesWith(overview)]);
const assets = readdirSync(new URL('assets/', dist)).map((file) => `assets/${file}`);
const fonts = assets.filter((file) => file.endsWith('.woff2'));

const isThere = (key, file) => entry.has(file) || pagesWith(key).some((page) => filesWith(page).has(file));

const rows = [
  ['JS of the first view (overview)', gzipOf(firstView), budget.firstViewJs],
  ...routes
    .filter((key) => key !== overview)
    .map((key) => [
      `JS on top for ${key.split('/').at(-1)}`,
      gzipOf([...filesWith(key)].filter((file) => !isThere(key, file))),
      budget.routeJs,
    ]),
  ['CSS, all of it', gzipOf(assets.filter((file) => file.endsWith('.css'))), budget.css],
  ['fonts', fonts.reduce((sum, file) => sum + read(file).length, 0) / 1000, budget.fonts],
];

for (const [what, is, most] of rows)
  console.log(`${is > most ? 'OVER ' : 'ok   '}${is.toFixed(1).padStart(6)} of ${most} KB  ${what}`);
if (fonts.length !== budget.fontFiles)
  console.log(`OVER  ${fonts.length} font files, ${budget.fontFiles} are allowed`);
if (rows.some(([, is, most]) => is > most) || fonts.length !== budget.fontFiles) process.exitCode = 1;
