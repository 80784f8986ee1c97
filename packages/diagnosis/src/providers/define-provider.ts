import type { Command } from '@pull-doctor/contract/finding';

/** What a registry said about itself on the first request, as far as it tells who runs it. */
export interface RegistrySeen {
  /** As in the image reference, in lower case and with its port. */
  host: string;
  challenge: SeenChallenge | null;
  /** The `Server` header. */
  server: string | null;
  /** Null: not told. */
  answer: SeenAnswer | null;
}

/** The challenge that is answered, without its scope. */
export interface SeenChallenge {
  /** In lower case. */
  scheme: string;
  realm: string | null;
  service: string | null;
}

/** How `GET /v2/` was answered. */
export interface SeenAnswer {
  status: number;
  /** Whether `Docker-Distribution-Api-Version: registry/2.0` was sent. */
  apiVersionHeader: boolean;
}

export interface SignInTarget {
  /** As in the image reference, with its port. */
  host: string;
  repository: string | null;
  /** The user of the stored credential, where there is one. */
  user: string | null;
}

export interface CredentialKindFacts {
  what: string;
  /** The user name that goes with it. */
  user: string;
  /** How long it works, as the issuer documents it. */
  life: string;
}

/** Facts about who runs a registry. Nothing here asks anybody. */
export interface Provider {
  /** The folder's name and the value in evidence. */
  id: string;
  name: string;
  /** How a list calls a registry of it: `ECR us-east-1`. Of a product under any host, the product. */
  shortName(host: string): string;
  /** Two letters that stand for it in a tile; null: the first two of the host. */
  mark: string | null;
  /** Whether the host is one of the provider's own. `host` is in lower case and has its port, if any. */
  owns(host: string): boolean;
  /** Whether a registry under somebody's own name runs this product. */
  recognises(seen: RegistrySeen): boolean;
  /** Hosts beside the registry's own that hand out its tokens, and so may be sent the credential. */
  tokenRealmHosts: readonly string[];
  anonymous: 'every-image' | 'public-images' | 'never' | 'as-configured';
  /**
   * Whether its token server refuses a wrong login when no scope is asked for, which is what `docker login` relies on,
   * whatever it hands to those who send none. False: it has to be found out.
   */
  refusesWrongLogins: boolean;
  /** Whether "may not read" and "is not there" get the same answer. */
  hidesAbsence: boolean;
  credentialKinds: readonly CredentialKindFacts[];
  /** Ways to sign in, the usual one first; complete commands that read the secret from a pipe or ask for it. */
  signIn(target: SignInTarget): Command[];
  /** What surprises people, one sentence each. */
  quirks: readonly string[];
  /** The least right that can pull. */
  leastPrivilege: string;
  /** The page that tells of outages. */
  statusPage: string | null;
}

/** States a provider; only the id, the name and what differs from a plain registry need saying. */
export function defineProvider(
  facts: Pick<Provider, 'id' | 'name' | 'credentialKinds' | 'signIn' | 'quirks' | 'leastPrivilege'> &
    Partial<Provider>,
): Provider {
  return {
    shortName: () => facts.name,
    mark: null,
    owns: () => false,
    recognises: () => false,
    tokenRealmHosts: [],
    anonymous: 'as-configured',
    refusesWrongLogins: false,
    hidesAbsence: true,
    statusPage: null,
    ...facts,
  };
}
