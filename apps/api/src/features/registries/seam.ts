/** What gathers, in one place: the rest of the feature does not know where it lives. */
export { type Discovered, discoverRegistries } from '@pull-doctor/docker-config/discover-registries';
export { watchConfig } from '@pull-doctor/docker-config/watch-config';
export { checkLogin } from '@pull-doctor/registry/check/check-login';
