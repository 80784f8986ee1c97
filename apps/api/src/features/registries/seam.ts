/** What gathers, in one place: the rest of the feature does not know where it lives. */
export { checkLogin } from '@pull-doctor/registry/check/check-login';
export { type Discovered, discoverRegistries, watchConfig } from './interim-gathering.ts';
