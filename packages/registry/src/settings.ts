import type { ProxyEvidence } from '@pull-doctor/contract/evidence/network';

/** Everything a probe of one image needs to know beforehand. Nothing is read from the process's environment. */
export interface ProbeSettings {
  /** Where Docker goes, without a port: `registry-1.docker.io`, `reg.corp`, `192.0.2.7`, `2001:db8::7`. */
  host: string;
  port: number;
  /** Whether the reference names the port: only then is nothing but that port asked. */
  portGiven: boolean;
  /** As in the reference: `docker.io`, `reg.corp:5000`. Names the certs.d folder and the provider. */
  registryName: string;
  /** Insecure by the daemon's configuration: certificates do not count, and plain http is tried after https. */
  insecure: boolean;
  repository: string;
  tag: string | null;
  digest: string | null;
  /** What a pull would use: the daemon's proxies. */
  proxies: ProxySettings;
  /** Pull Doctor's own proxies where they differ: used only to find out that another way leads out. */
  ownProxies?: ProxySettings;
  trust: TrustSettings;
  /** Hosts that may receive credentials although they are another domain than the registry's. */
  trustedRealmHosts: readonly string[];
  /** Ends everything: a person's stop, or the deadline of the whole diagnosis. */
  signal: AbortSignal;
  timeouts?: Partial<Timeouts>;
  /** Waited for before every request to a registry or a token server, for callers that ask many of them. */
  pace?: Pace | undefined;
  now: () => Date;
}

/** Ends when a request to this address may go out; at once when the signal aborts. */
export type Pace = (url: URL, signal: AbortSignal) => Promise<void>;

/** Values as they stand in HTTP_PROXY, HTTPS_PROXY and NO_PROXY; empty counts as not set. */
export interface ProxySettings {
  httpProxy: string | null;
  httpsProxy: string | null;
  noProxy: string | null;
  source: NonNullable<ProxyEvidence['source']>;
}

/** Where dockerd's trusted authorities come from. */
export interface TrustSettings {
  /** `/etc/docker/certs.d`, as Pull Doctor sees it; the folder of the registry is looked for in each. */
  certsDirs: readonly string[];
  /** SSL_CERT_FILE and SSL_CERT_DIR of the daemon, which override the system's bundle as in Go. */
  certFile: string | null;
  certDir: string | null;
  /** The graph-driver store ignores certs.d for Docker Hub, the containerd store does not. */
  store: 'graph-driver' | 'containerd';
}

/** Milliseconds per piece of work; the signal bounds the whole. */
export interface Timeouts {
  lookupMs: number;
  connectMs: number;
  handshakeMs: number;
  /** From sending a request to the end of its headers, and again to the end of its body. */
  answerMs: number;
}

export const defaultTimeouts: Timeouts = {
  lookupMs: 5_000,
  connectMs: 5_000,
  handshakeMs: 5_000,
  answerMs: 8_000,
};
