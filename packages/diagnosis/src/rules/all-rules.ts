import { accessDenied } from './access-denied/rule.ts';
import { clockSkew } from './clock-skew/rule.ts';
import { configMalformed } from './config-malformed/rule.ts';
import { connectionFailure } from './connection-failure/rule.ts';
import { credentialsExpired } from './credentials-expired/rule.ts';
import { credentialsInvalid } from './credentials-invalid/rule.ts';
import { credentialsMissing } from './credentials-missing/rule.ts';
import { daemonUnreachable } from './daemon-unreachable/rule.ts';
import type { Rule } from './define-rule.ts';
import { dnsFailure } from './dns-failure/rule.ts';
import { helperFailed } from './helper-failed/rule.ts';
import { helperMissing } from './helper-missing/rule.ts';
import { invalidReference } from './invalid-reference/rule.ts';
import { localStorage } from './local-storage/rule.ts';
import { notARegistry } from './not-a-registry/rule.ts';
import { plainHttpRegistry } from './plain-http-registry/rule.ts';
import { platformMismatch } from './platform-mismatch/rule.ts';
import { proxyFailure } from './proxy-failure/rule.ts';
import { rateLimited } from './rate-limited/rule.ts';
import { registryUnavailable } from './registry-unavailable/rule.ts';
import { repositoryNotFound } from './repository-not-found/rule.ts';
import { tagNotFound } from './tag-not-found/rule.ts';
import { tlsInvalid } from './tls-invalid/rule.ts';
import { tlsUntrusted } from './tls-untrusted/rule.ts';
import { unknown } from './unknown/rule.ts';
import { unsupportedImage } from './unsupported-image/rule.ts';

/** Every rule, in the order in which the causes strike during a pull. */
export const allRules: readonly Rule[] = [
  invalidReference,
  configMalformed,
  helperMissing,
  helperFailed,
  dnsFailure,
  connectionFailure,
  proxyFailure,
  plainHttpRegistry,
  tlsUntrusted,
  tlsInvalid,
  clockSkew,
  notARegistry,
  registryUnavailable,
  rateLimited,
  credentialsMissing,
  credentialsExpired,
  credentialsInvalid,
  accessDenied,
  repositoryNotFound,
  tagNotFound,
  platformMismatch,
  unsupportedImage,
  localStorage,
  daemonUnreachable,
  unknown,
];
