import type { Exchange } from '@pull-doctor/contract/exchange';
import { type CheckEvidence, loginStatuses, type RegistryRow } from '@pull-doctor/contract/registries';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a monitoring system reads: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface Metrics {
  /** Counts a check that ended; `failed` where the registry gave no usable answer. */
  checked(evidence: CheckEvidence, failed: boolean): void;
  /** The text of one scrape, with the state of these rows. */
  text(rows: readonly RegistryRow[]): Promise<string>;
  readonly contentType: string;
}

// From a registry on the same machine to the end of a check's patience.
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

export function metrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const state = new Gauge({
    name: 'pulldoctor_registry_login_state',
    help: 'How a registry stands with the credential of a user: 1 for the state that holds, 0 for the others.',
    labelNames: ['registry', 'user', 'state'] as const,
    registers,
  });
  const expiry = new Gauge({
    name: 'pulldoctor_credential_expiry_timestamp_seconds',
    help: 'When a credential ends, where that is known; absent where it has no end, or none that can be read.',
    labelNames: ['registry', 'user'] as const,
    registers,
  });
  const remaining = new Gauge({
    name: 'pulldoctor_ratelimit_remaining',
    help: 'Requests or pulls left, as the registry said at the last check; absent where it says nothing.',
    labelNames: ['registry', 'user'] as const,
    registers,
  });
  const duration = new Histogram({
    name: 'pulldoctor_probe_duration_seconds',
    help: 'How long each layer of a check took.',
    labelNames: ['layer'] as const,
    buckets,
    registers,
  });
  const failures = new Counter({
    name: 'pulldoctor_check_failures_total',
    help: 'Checks in which a registry gave no usable answer.',
    labelNames: ['registry'] as const,
    registers,
  });
  /** Registries that failed: those that are not watched any more are forgotten. */
  const counted = new Set<string>();
  let isOfProcess = false;

  return {
    contentType: registry.contentType,
    checked(evidence, failed) {
      for (const [layer, ms] of layersOf(evidence)) duration.observe({ layer }, ms / 1000);
      if (!failed) return;
      counted.add(evidence.registry);
      failures.inc({ registry: evidence.registry });
    },
    async text(rows) {
      // It looks at the event loop all the time: who never scrapes does not pay for that.
      if (!isOfProcess) collectDefaultMetrics({ register: registry });
      isOfProcess = true;
      const watched = new Set(rows.map(({ host }) => host));
      for (const host of counted) {
        if (watched.has(host)) continue;
        counted.delete(host);
        failures.remove({ registry: host });
      }
      for (const gauge of [state, expiry, remaining]) gauge.reset();
      for (const row of rows) {
        const labels = { registry: row.host, user: row.user };
        for (const one of loginStatuses) state.set({ ...labels, state: one }, row.status === one ? 1 : 0);
        if (row.end.endsAt !== null) expiry.set(labels, Date.parse(row.end.endsAt) / 1000);
        if (row.rateLimit?.remaining != null) remaining.set(labels, row.rateLimit.remaining);
      }
      return registry.metrics();
    },
  };
}

function layersOf({ dns, tcp, proxy, tls, ping, token }: CheckEvidence): [layer: string, ms: number][] {
  const requests = [token?.signedIn?.exchange, token?.anonymous?.exchange, token?.login?.exchange];
  const asked = requests.filter((exchange): exchange is Exchange => Boolean(exchange));
  return [
    ...(dns ? [['dns', dns.ms] as [string, number]] : []),
    ...(tcp ? [['tcp', tcp.ms] as [string, number]] : []),
    ...(proxy && proxy.use !== 'none' ? [['proxy', proxy.ms] as [string, number]] : []),
    ...(tls && tls.use !== 'plain-http' ? [['tls', tls.ms] as [string, number]] : []),
    ...(ping ? [['ping', ping.exchange.ms] as [string, number]] : []),
    ...asked.map(({ ms }): [string, number] => ['token', ms]),
  ];
}
