/** What judges and what gathers, in one place: the rest of the feature does not know where they live. */
export { checkLogin, type Discovered, discoverRegistries, watchConfig } from './interim-gathering.ts';
export { boardOf, groupOf, type Judged, judgeLogin, nameOf, readHost } from './interim-judgement.ts';
