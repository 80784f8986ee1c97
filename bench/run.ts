// npm run bench: each figure as a ratio against what a user would use instead, or as a size; ends with status 1 where
// one falls short. Figures of one run belong together: the machine is the same for both sides.
import { diagnosisAgainstSkopeo } from './diagnosis-against-skopeo.ts';
import { type Figure, report } from './figures.ts';
import { pullHistory } from './history.ts';
import { readingMessages } from './reading-messages.ts';
import { watchingRegistries } from './registries.ts';
import { startAndMemory } from './start-and-memory.ts';

const parts: Record<string, () => Promise<Figure[]>> = {
  diagnosis: diagnosisAgainstSkopeo,
  reading: readingMessages,
  start: startAndMemory,
  registries: watchingRegistries,
  history: pullHistory,
};
const chosen = process.argv.slice(2);
let holds = true;
for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  for (const figure of await measure()) holds = report(figure) && holds;
}
process.exitCode = holds ? 0 : 1;
