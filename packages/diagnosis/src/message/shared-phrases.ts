import type { Phrase } from './sign.ts';

// Sentences in which several causes end. Each of their rules weighs them for itself.

/** dockerd folds an absent repository, a private one without a credential, and a refused one into this sentence. */
export const pullAccessDenied: Phrase = {
  says: /pull access denied$|pull access denied(?: for [^\s,]{1,400})?, ?repository does not exist or may require (?:'docker login'|authorization)|denied: requested access to the resource is denied|requested access to the resource is denied/,
  seenIn: 'dockerd, containerd, podman; said by Docker Hub, distribution, Harbor',
  line: "Error response from daemon: pull access denied for team/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
};

/** The same in Docker 1.13 to 17.05, and in the v1 API before it. */
export const noPullAccess: Phrase = {
  says: /not found: does not exist or no (?:pull|read) access|does not exist or no pull access/,
  seenIn: 'dockerd up to 17.05',
  line: 'Error response from daemon: repository acme/app not found: does not exist or no pull access',
};

export const insufficientScope: Phrase = {
  says: /insufficient_scope/,
  seenIn: 'containerd, BuildKit; said by token registries',
  line: 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
};

export const authenticationRequired: Phrase = {
  says: /unauthorized: authentication required|authentication is required|authentication required(?:;|, visit https:\/\/aka\.ms|$)/m,
  seenIn: 'dockerd, Kaniko; said by distribution, Docker Hub, ACR, Harbor',
  line: 'Error response from daemon: Get https://example.azurecr.io/v2/app/manifests/v1: unauthorized: authentication required',
};

/** 401 without a word of the registry, as containerd, podman and their relatives print it. */
export const status401: Phrase = {
  says: /(?:status(?: code)?(?: from (?:get|head|post) request to \S{1,1500}?)?:? (?:\[[^\]]{1,200}\]: |https?:\/\/\S{1,1500}: )?|\]: |: |"|code=|from registry )401(?: unauthorized|\b)|\b401 \(?unauthorized/,
  seenIn: 'containerd, BuildKit, podman, skopeo, helm',
  line: 'failed to resolve reference "basic.lab.test/team/app:1.0": unexpected status from HEAD request to https://basic.lab.test/v2/team/app/manifests/1.0: 401 Unauthorized',
};

/** 403 without a word of the registry. */
export const status403: Phrase = {
  says: /(?:status(?: code)?(?: from (?:get|head|post) request to \S{1,1500}?)?:? (?:\[[^\]]{1,200}\]: |https?:\/\/\S{1,1500}: )?|\]: |code=|from registry )403(?: forbidden|\b)|\b403 \(?forbidden/,
  seenIn: 'containerd, BuildKit, podman, skopeo, helm',
  line: 'failed to resolve reference "gcr.io/acme/app:1.0": pulling from host gcr.io failed with status code [manifests 1.0]: 403 Forbidden',
};

/** GitHub answers a stored token that it does not take, or one that may not read the package, with one word, twice. */
export const deniedTwice: Phrase = {
  says: /denied: denied|error from registry: denied denied/,
  seenIn: 'dockerd, podman; said by GHCR',
  line: 'Error response from daemon: Head "https://ghcr.io/v2/user/image/manifests/1.0": denied: denied',
};

export const deniedAlone: Phrase = {
  says: /(?:^|": |\bdaemon: |registry: |[a-z0-9]: )(?<!denied: )denied\.?(?:"|'|`|\)|$)/m,
  seenIn: 'dockerd, podman; said by GHCR',
  line: 'Head "https://ghcr.io/v2/user/image/manifests/1.0": denied',
};

export const unauthorizedAlone: Phrase = {
  says: /(?:": |\bdaemon: |registry: |[a-z0-9]: )unauthorized(?:: ?unauthorized| unauthorized)?[:.]?(?:"|'|`|\)|$)|^unauthorized: ?$|unauthorized: \{/m,
  seenIn: 'dockerd, podman; said by GHCR and Basic registries',
  line: 'Error response from daemon: Head "https://ghcr.io/v2/user/image/manifests/1.0": unauthorized',
};

/** Quay and Nexus say the same of what is private, absent, or asked for with a wrong password. */
export const notAuthorized: Phrase = {
  says: /access to the requested resource is not authorized/,
  seenIn: 'dockerd, podman; said by Quay and Nexus',
  line: 'ERROR: unauthorized: access to the requested resource is not authorized',
};

export const harborRefuses: Phrase = {
  says: /unauthorized to access repository: \S{1,300}, action: /,
  seenIn: 'dockerd, containerd; said by Harbor',
  line: 'Error response from daemon: unauthorized: unauthorized to access repository: commons/app, action: pull: unauthorized to access repository: commons/app, action: pull',
};

export const gitlabForbids: Phrase = {
  says: /denied: access forbidden/,
  seenIn: 'dockerd; said by GitLab',
  line: 'Head "https://registry.gitlab.com/v2/group/app/manifests/latest": denied: access forbidden',
};

/** Google asks for a right on a resource that may not be there. */
export const googlePermission: Phrase = {
  says: /permission "?artifactregistry\.[a-z.]{1,60}"? denied on resource/,
  seenIn: 'dockerd, containerd; said by Artifact Registry and gcr.io',
  line: 'denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource "projects/acme/locations/europe-west2/repositories/ml" (or it may not exist)',
};

export const gcrPermission: Phrase = {
  says: /permission denied for "[^"\n]{1,200}" from request|unable to access the repository; please check that you have permission|you don't have the needed permissions to perform this operation|caller does not have permission|token exchange failed for project/,
  seenIn: 'dockerd, containerd, Bazel; said by gcr.io',
  line: "denied: You don't have the needed permissions to perform this operation, and you may have invalid credentials.",
};

/** containers/image says "invalid username/password" of every token server that refuses, with or without a credential. */
export const tokenRefused: Phrase = {
  says: /unable to retrieve auth token: (?:invalid username\/password|401|403)/,
  seenIn: 'podman, skopeo, CRI-O',
  line: 'Error determining manifest MIME type for docker://busybox:latest: unable to retrieve auth token: invalid username/password',
};

export const resolvedToNothing: Phrase = {
  says: /failed to (?:resolve|do request|pull and unpack|copy)[^\n]{0,600}: not found(?:$|["'`),.\\])/m,
  seenIn: 'containerd, BuildKit, kubelet',
  line: 'failed to resolve reference "docker.io/acme/app:v9": docker.io/acme/app:v9: not found',
};

/** A refusal in words that nobody listed: what is said of all of them. */
export const anyRefusal: Phrase = {
  says: /\bunauthorized\b|(?<!pull )\b(?:access|permission) (?:was |is )?denied\b[^\n]{0,80}(?:registry|repository|image|manifest)/,
  seenIn: 'registries and clients of all kinds',
  line: 'HTTP 401: Unauthorized while reading the manifest',
};

/** 404 without a word of the registry. */
export const status404: Phrase = {
  says: /(?:status(?: ?code)?(?: from (?:get|head|post) request(?: to \S{1,1500}?)?)?:? (?:\[[^\]]{1,200}\]: |https?:\/\/\S{1,1500}: )?|\]: |code=|from registry )404(?: not found|\b)|: 404 not found|404 client error: not found for url|returned 404\b|404 \(not found\)|response was http\.statusnotfound/,
  seenIn: 'containerd, BuildKit, podman, skopeo, helm',
  line: 'failed to resolve reference "registry.example.com/app:v9": pulling from host registry.example.com failed with status code [manifests v9]: 404 Not Found',
};

export const certificateDates: Phrase = {
  says: /certificate has expired or is not yet(?! valid: current time \S{1,40} is before)/,
  seenIn: 'dockerd, containerd, podman',
  line: 'Get https://registry-1.docker.io/v2/: x509: certificate has expired or is not yet valid',
};

/** With both times, as Go prints it since 1.15: the certificate begins after what this machine takes for now. */
export const certificateTooEarly: Phrase = {
  says: /certificate has expired or is not yet valid: current time \S{1,40} is before \S{1,40}/,
  seenIn: 'dockerd, containerd, podman',
  line: 'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2021-01-01T00:00:12Z is before 2023-06-01T00:00:00Z',
};

export const deadline: Phrase = {
  says: /context deadline exceeded|client\.timeout exceeded while (?:awaiting headers|reading body)|request canceled(?: while waiting for connection)?/,
  seenIn: 'dockerd, containerd',
  line: 'Get "https://hang.lab.test/v2/": net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
};

export const notTls: Phrase = {
  says: /tls: first record does not look like a tls handshake|tls: oversized record received|ssl3_get_record:wrong version number|wrong_version_number|ssl: wrong version number|unrecognized ssl message, plaintext connection/,
  seenIn: 'dockerd, containerd, clients on OpenSSL and Java',
  line: 'Get "https://ssh.lab.test/v2/": tls: first record does not look like a TLS handshake',
};

export const digestDiffers: Phrase = {
  says: /filesystem layer verification failed for digest|verification failed for digest|unexpected commit digest|failed size validation|digest did not match|does not match the expected (?:digest|size)/,
  seenIn: 'dockerd, containerd',
  line: 'filesystem layer verification failed for digest sha256:dbed9b09434efb583eb5f23173bf2aadb578cbfe2516e26226e3f7e458fac621',
};

export const noSuchShortName: Phrase = {
  says: /short-name "?[^\s"]{1,300}"? did not resolve to an alias|short-name resolution enforced/,
  seenIn: 'podman, CRI-O',
  line: 'Error: short-name "acme-app" did not resolve to an alias and no unqualified-search registries are defined in "/etc/containers/registries.conf"',
};
