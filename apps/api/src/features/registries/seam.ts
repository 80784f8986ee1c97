/** What gathers, in one place: the rest of the feature does not know where it lives. */
export { checkLogin, type Discovered, discoverRegistries, watchConfig } from './interim-gathering.ts';
