/** What gathers, in one place: the rest of the feature does not know where it lives. */
export { watchConfig } from '@pull-doctor/docker-config/watch-config';
export { checkLogin } from '@pull-doctor/registry/check/check-login';
export { type Discovered, discoverRegistries } from './interim-gathering.ts';
