/**
 * Sentences of registries that refuse a right or a network, not a login: they say so themselves, whatever the status.
 * Short, stable parts; the sentences around them change.
 */
export const deniedWords: readonly RegExp[] = [
  // ECR: User: arn:aws:… is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:…
  /is not authorized to perform: [a-z-]+:[A-Za-z]+/,
  // GitLab
  /access forbidden/i,
  // GHCR: permission_denied: read_package
  /permission_denied/i,
  // Artifact Registry
  /Permission "artifactregistry\.[A-Za-z.]+" denied/,
  // ACR, IBM
  /insufficient scopes?/i,
  // Artifactory
  /does not have permission/i,
  // ACR's network rules
  /client with IP .{1,60} is not allowed access/i,
  // Quay
  /(?:user|namespace) has been disabled/i,
  // Harbor's project policies, sent with 412
  /cannot be pulled due to configured policy|is not signed by/i,
  /not authorized to access the specified resource/i,
];

/** Sentences that refuse the network or the policy, so that no login would help. */
export const closedToAllWords: readonly RegExp[] = [
  /client with IP .{1,60} is not allowed access/i,
  /cannot be pulled due to configured policy|is not signed by/i,
];

/** Sentences of registries that say that a credential has ended. */
export const expiredWords: readonly RegExp[] = [
  // ECR and ECR Public
  /authorization token has expired/i,
  // Docker Hub
  /(?:personal|org(?:anization)?) access token is expired/i,
  // Artifactory
  /token failed verification: expired/i,
  /\b(?:token|password|credentials?|robot account) (?:is|has|have) (?:been )?expired/i,
];

/** Sentences that refuse the user or password itself. */
export const wrongLoginWords: readonly RegExp[] = [
  // Docker Hub
  /incorrect username or password/i,
  /must log in with a Personal Access Token/i,
  // Quay
  /Invalid Username or Password|Could not find robot with username|Invalid (?:access )?token/i,
  // GHCR
  /User cannot be authenticated with the token provided/i,
  // Artifactory
  /Bad Credentials|Props Authentication Token not found/i,
  // GitLab
  /HTTP Basic: Access denied/i,
  // ACR
  /Application not registered with AAD/i,
];

export function says(words: readonly RegExp[], text: string): boolean {
  return words.some((word) => word.test(text));
}
