/** The codes of root causes, as the product's interface spells them; kept here by hand so that a slip there shows. */
export type Cause =
  | 'credentials-missing'
  | 'credentials-expired'
  | 'credentials-invalid'
  | 'access-denied'
  | 'repository-not-found'
  | 'tag-not-found'
  | 'platform-mismatch'
  | 'invalid-reference'
  | 'config-malformed'
  | 'helper-missing'
  | 'helper-failed'
  | 'dns-failure'
  | 'connection-failure'
  | 'proxy-failure'
  | 'tls-untrusted'
  | 'tls-invalid'
  | 'plain-http-registry'
  | 'rate-limited'
  | 'registry-unavailable'
  | 'not-a-registry'
  | 'daemon-unreachable'
  | 'local-storage'
  | 'unsupported-image'
  | 'clock-skew';

export type StepName =
  | 'reference'
  | 'credentials'
  | 'dns'
  | 'tcp'
  | 'proxy'
  | 'tls'
  | 'ping'
  | 'challenge'
  | 'token'
  | 'manifest'
  | 'platform'
  | 'daemon'
  | 'pull';

export type StepState = 'done' | 'failed' | 'skipped' | 'warning';
export type Certainty = 'confirmed' | 'very-likely' | 'likely' | 'guess';

/** What a right diagnosis says. */
export interface Expectation {
  /** The true cause; null: the pull works, and nothing is to be found. */
  cause: Cause | null;
  /** Where the evidence fits several causes: any of these as the first finding is honest. Holds the true one. */
  oneOf?: readonly Cause[];
  /** Steps that are sure to end so; steps that are not named may end in any way. */
  steps?: Partial<Record<StepName, StepState>>;
  certaintyAtLeast?: Certainty;
  /** The evidence does not decide: a finding that claims "confirmed" is wrong. */
  notConfident?: true;
}

/**
 * How the registry is reached. "loopback": at its address, plain http, no proxy. "by-name": by its name over TLS;
 * where the name does not resolve (outside a namespace) through the working proxy. The others always use a proxy.
 */
export type Network =
  | 'loopback'
  | 'by-name'
  | 'proxy'
  | 'proxy-with-login'
  | 'proxy-wrong-login'
  | 'proxy-wrong-scheme'
  | 'proxy-down'
  | 'proxy-unknown-name';

/** What stands at DOCKER_HOST. "present": a daemon, real or stand-in. */
export type DaemonState =
  | 'present'
  | 'disk full'
  | 'clock behind'
  | 'socket missing'
  | 'socket without listener'
  | 'socket not permitted'
  | 'tcp refuses'
  | 'context unknown';

/** The client's configuration of a row. Texts may hold host placeholders, see `image`. */
export interface RowConfig {
  /** config.json; undefined: no such file. */
  text?: string;
  /** The same as bytes that are no UTF-8 text of `text`: "utf16" or with a byte order mark. */
  encoding?: 'utf8-bom' | 'utf16';
  instead?: 'folder' | 'link loop';
  mode?: number;
  /** Value of DOCKER_AUTH_CONFIG. */
  authConfigVariable?: string;
  /** Which of the helpers of helper-programs.ts are on the PATH. */
  hasHelpers?: true;
}

export interface Login {
  user: string;
  password: string;
}

/** One staged fault (or one pull that works). */
export interface Fault {
  /** Unique; reads as the title of a test. */
  name: string;
  /** "namespace": only where names resolve to us and routes are ours. */
  place: 'anywhere' | 'namespace';
  /** The reference as typed. `{basic}` stands for the address of that host of ours, "127.0.0.1:PORT". */
  image: string;
  network: Network;
  /** Undefined: no config.json. */
  config?: RowConfig;
  /** What docker sends with this configuration; undefined: nothing. */
  sends?: Login;
  platform?: string;
  daemon: DaemonState;
  /** Only a real pull shows it: metadata alone is fine. */
  pull?: true;
  /** Ends by a time-out of the client: 10 s and more with dockerd. */
  slow?: true;
  /** Root may do everything, so root cannot see this one. */
  needs?: 'not root';
  expect: Expectation;
  /** What the real dockerd does with it. "cannot-show": the fault lies before or beside the daemon. */
  daemonPull: 'fails' | 'works' | 'cannot-show';
}
