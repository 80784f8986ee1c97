import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { RuleFinding } from '../rules/define-rule.ts';
import { dockerManifestAsk } from './asked.ts';
import type { BrokenConfig } from './broken-config.ts';
import { readRefusal } from './read-refusal.ts';
import { subjectOf } from './subject.ts';

/**
 * A helper that does not do its work is the cause of a failed pull where the registry refuses the request without a
 * login. Docker up to 28 goes on without one and says nothing; Docker 29 and newer stop, for public images too.
 */
export function helperFinding(
  evidence: Evidence,
  broken: BrokenConfig,
  said: Pick<RuleFinding, 'why' | 'todo' | 'commands'>,
): RuleFinding | undefined {
  // The login came from the file after all; the helper is only in the way.
  if (broken.hides !== 'this-registry') return;
  const { host } = subjectOf(evidence);
  const shared = {
    what: broken.what,
    todo: said.todo,
    commands: said.commands ?? [],
    wizard: 'credential-helper',
    explains: ['credentials-missing'],
  } as const;
  if (readRefusal(evidence)?.cause === 'credentials-missing') {
    return {
      ...shared,
      certainty: 'confirmed',
      confirmedBy: 'probe',
      why: `${said.why} Docker then pulls without a login, and ${host} refuses this image to who is not signed in.`,
      restsOn: ['credentials', 'manifest'],
    };
  }
  if (dockerManifestAsk(evidence)?.outcome === 'found' && stopsAtHelpers(evidence)) {
    return {
      ...shared,
      certainty: 'likely',
      why: `${said.why} The image itself is public, but Docker 29 and newer stop at a helper that fails.`,
      restsOn: ['credentials', 'daemon'],
    };
  }
  return;
}

export function helperRulesOut({ credentials }: Evidence): string | undefined {
  if (!credentials) return;
  const { helper } = credentials;
  if (!helper) return 'No credential helper is configured for this registry.';
  if (helper.outcome === 'answered') return `${helper.program} answered with a credential.`;
  if (helper.outcome === 'not-found') return `${helper.program} works; it holds nothing for this registry.`;
  return;
}

// docker/cli 29.0: a pull fails with the helper's error instead of going on without a credential. The command's own
// version is not seen; it is released together with the daemon's.
function stopsAtHelpers({ daemon }: Evidence): boolean {
  return Number.parseInt(daemon?.info?.version ?? '0', 10) >= 29;
}
