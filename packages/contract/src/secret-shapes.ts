/** How one kind of secret looks in text. */
export interface SecretShape {
  /** What kind of secret this looks like, for the count that is shown. */
  kind: string;
  /**
   * The first group is kept, the second is the secret, a third (if any) is kept. Linear: no nested repetition, and every
   * repetition is bounded or begins where it cannot begin again.
   */
  pattern: RegExp;
  /** Where the same form is no secret, by what stands before it on the line. */
  unless?: (lineBefore: string, whole: string) => boolean;
}

/** A value on a command line or after an equals sign: in quotes, or up to a blank. */
const value = String.raw`"[^"\r\n]{1,1024}"|'[^'\r\n]{1,1024}'`;
/** Names of fields that hold a secret, in JSON of Docker, of clouds and of token servers. */
const fields = [
  'auth|password|passwd|_password|_authtoken|secret|token|identitytoken|registrytoken',
  'access_?token|refresh_?token|id_?token|session_?token|security_?token|authorization_?token|bearer_?token',
  'client_?secret|aws_secret_access_key|aws_session_token|secret_?access_?key|secret_?key|api_?key',
  'account_?key|shared_?access_?key|private_?key_?passphrase',
].join('|');
const assigned =
  'password|passwd|passphrase|access_?token|refresh_?token|id_?token|identitytoken|registrytoken|_authtoken|client_?secret|secret_?access_?key|session_?token|account_?key|shared_?access_?key|api_?key|secret_?key';

/**
 * Everything that is taken for a secret, in the order in which it is looked for. Prefixes are stable, lengths are not
 * (GitHub and GitLab both changed theirs): so no upper bound is asked for.
 */
export const secretShapes: readonly SecretShape[] = [
  { kind: 'private key', pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)([^-]{1,20000})/g },
  {
    kind: 'authorization header',
    pattern:
      /(\b(?:proxy-)?authorization\\{0,4}["']?\s{0,4}[:=]\s{0,4}\[?\\{0,4}["']?(?:token|basic|bearer|negotiate|digest)\s{1,4})(?!(?:realm|service|scope|error|charset)=)([^\s"'\\,;\]]{4,8192})/gi,
  },
  {
    kind: 'registry login in a header',
    pattern:
      /(\bx-registry-(?:auth|config)\\{0,4}["']?\s{0,4}[:=]\s{0,4}\[?\\{0,4}["']?)(?!redacted\b)([A-Za-z0-9+/=_-]{8,16384})/gi,
  },
  // A challenge ("Bearer realm=…") has parameters in this place, and a sentence ("basic authentication") plain words.
  {
    kind: 'authorization header',
    pattern:
      /(\b(?:[Bb]asic|[Bb]earer|BASIC|BEARER)\s{1,4})(?!(?:realm|service|scope|error|charset)=)(?!(?:[A-Z]?[a-z]+|[A-Z]+)(?:-[a-z]+){0,4}\.?(?:[\s,;:!?"')\]\\]|$))([A-Za-z0-9+/=._~-]{6,8192})/g,
  },
  {
    kind: 'password in an address',
    pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{0,256}:)([^\s/"']{1,1024})(@)/gi,
  },
  { kind: 'JSON web token', pattern: /()(\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*)?)/g },
  // What ECR gives out, X-Registry-Auth and .dockerconfigjson are JSON in base64.
  { kind: 'login in base64', pattern: /()(\beyJ[A-Za-z0-9+/_-]{32,}={0,2})/g },
  { kind: 'Docker Hub token', pattern: /(\bdckr_(?:pat|oat)_)([A-Za-z0-9_-]{8,})/g },
  { kind: 'GitHub token', pattern: /(\b(?:gh[pousr]_|github_pat_))([A-Za-z0-9_]{8,})/g },
  {
    kind: 'GitLab token',
    pattern:
      /(\b(?:glpat|gldt|glcbt|glrtr?|glptt|glft|glsoat|gloas|glimt|glagent|glffct)-|\bGR1348941)([A-Za-z0-9_.-]{8,})/g,
  },
  { kind: 'Google token', pattern: /(\b(?:ya29\.|GOCSPX-|AIza))([A-Za-z0-9_.-]{8,})/g },
  { kind: 'Google refresh token', pattern: /(\b1\/\/0)([A-Za-z0-9_-]{20,})/g },
  { kind: 'DigitalOcean token', pattern: /(\bdo[opr]_v1_)([A-Fa-f0-9]{8,})/g },
  { kind: 'Slack token', pattern: /(\b(?:xox[a-z]-|xapp-))([A-Za-z0-9-]{8,})/g },
  { kind: 'npm token', pattern: /(\bnpm_)([A-Za-z0-9]{20,})/g },
  { kind: 'PyPI token', pattern: /(\bpypi-)(AgE[A-Za-z0-9_-]{16,})/g },
  { kind: 'Hugging Face token', pattern: /(\bhf_)([A-Za-z0-9]{20,})/g },
  { kind: 'Artifactory token', pattern: /(\bAKCp|\bcmVmdGtu)([A-Za-z0-9]{20,})/g },
  { kind: 'swarm token', pattern: /(\bSWMTKN-1-)([a-z0-9-]{20,})/g },
  { kind: 'Pull Doctor token', pattern: /(\bpd_)([A-Za-z0-9_-]{16,})/g },
  { kind: 'AWS key', pattern: /(\b(?:AKIA|ASIA))([A-Z0-9]{12,})/g },
  {
    kind: 'AWS key',
    pattern:
      /(\bsecret[ _]?access[ _]?key[^\r\n:=]{0,20}[:=]\s{0,4}\\{0,4}["']?)([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi,
  },
  // Keys of Azure carry the service's mark before their checksum; the other is what an app registration signs in with.
  {
    kind: 'Azure key',
    pattern: /((?<![A-Za-z0-9+/]))([A-Za-z0-9+/]{40,84}\+(?:ACR|ASt|AIo|ACe|AMC)[A-Za-z0-9+/]{6,}={0,2})/g,
  },
  { kind: 'Azure key', pattern: /((?<![\w.~-]))([A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{30,})/g },
  {
    kind: 'field that holds a secret',
    pattern: new RegExp(
      String.raw`((?<![A-Za-z0-9])(?:${fields})"?\s{0,4}:\s{0,4}")((?:[^"\\\r\n]|\\[^\r\n]){1,16384})`,
      'gi',
    ),
  },
  {
    kind: 'field that holds a secret',
    pattern: new RegExp(
      String.raw`((?<![A-Za-z0-9])(?:${fields})'?\s{0,4}:\s{0,4}')((?:[^'\\\r\n]|\\[^\r\n]){1,16384})`,
      'gi',
    ),
  },
  // The same inside a string of a log line: \"auth\": \"…\"
  {
    kind: 'field that holds a secret',
    pattern: new RegExp(
      String.raw`((?<![A-Za-z0-9])(?:${fields})\\{1,7}"\s{0,4}:\s{0,4}\\{1,7}")([^"\\\r\n]{1,16384})`,
      'gi',
    ),
  },
  // Go prints a login so: AuthConfig{Username:me,Password:…,Auth:…,}
  {
    kind: 'field that holds a secret',
    pattern:
      /((?<=[{,\s])(?:Password|IdentityToken|RegistryToken):|(?<=[{,])Auth:)([^\s,{}[\]"']{1,8192})(?=[\s,}])/g,
  },
  {
    kind: 'field that holds a secret',
    pattern:
      /(^[ \t]{0,80}(?:-[ \t]{1,8})?(?:password|passwd|passphrase|identitytoken)[ \t]{0,8}:[ \t]{1,8})(?=[^\s"'|>&*!{[])([^\r\n]{1,1024})/gim,
  },
  {
    kind: 'variable that holds a secret',
    pattern: new RegExp(
      String.raw`((?<![A-Za-z0-9_?&-])[a-z0-9_]{0,40}?(?:${assigned})[ \t]{0,2}=(?!=)[ \t]{0,2}\\{0,4})(${value}|[^\s"'&;|\\]{1,8192})`,
      'gi',
    ),
  },
  // In capitals these are names of variables; in small letters `secret=` and `token=` name what Kubernetes holds.
  {
    kind: 'variable that holds a secret',
    pattern: new RegExp(
      String.raw`((?<![A-Za-z0-9_])[A-Z0-9_]{0,40}?(?:SECRET|TOKEN|(?<![A-Z])PASS|(?<![A-Z])PW|PRIVATE_KEY|ACCESS_KEY|AUTH)(?:_[A-Z0-9_]{0,40})?(?<!_FILE|_PATH|_URL|_NAME|_ID|_SOCK|_TTL)=\\{0,4})(${value}|[^\s"'&;|\\]{1,8192})`,
      'g',
    ),
  },
  {
    kind: 'secret in a query',
    pattern:
      /((?:[?&]|\\u0026)(?:token|access_token|refresh_token|id_token|sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|password|client_secret|api_?key|key|verify)=)([^&\s"'#\\]{1,4096})/gi,
  },
  {
    kind: 'cookie',
    pattern:
      /(\b(?:set-)?cookie\\{0,4}["']?:\s{0,4}\[?\\{0,4}["']?[^\s=;"'\\]{1,128}=)([^;\s"'\\\]]{1,4096})/gi,
  },
  {
    kind: 'password option',
    pattern: new RegExp(
      String.raw`((?<![\w-])--(?:[a-z]{1,12}-)?(?:password|passwd|token|client-secret|api-key)(?:=|\s{1,4}(?!-)))(${value}|[^\s"']{1,1024})`,
      'g',
    ),
  },
  {
    kind: 'password option',
    pattern: /((?<![\w-])--auth(?:=|\s{1,4}))([A-Za-z0-9+/]{8,4096}={0,2})(?![\w:/.-])/g,
  },
  // `-p` is a password for a sign-in alone; for run it is a port.
  {
    kind: 'password option',
    pattern: new RegExp(
      String.raw`(\b(?:login|oras)\s(?:[^\r\n|;&\\]|\\\r?\n|\\[^\r\n]){0,300}?(?<=\s)-p[= ]?)(?!-|assword|latform)(${value}|[^\s"']{1,1024})`,
      'g',
    ),
  },
  {
    kind: 'login option',
    pattern: /((?<![\w-])--(?:[a-z]{1,12}-)?creds(?:=|\s{1,4})["']?[^\s:"'[]{1,256}:)([^\s"']{1,1024})/g,
  },
  {
    kind: 'login option',
    pattern:
      /((?<![\w-])(?:--(?:proxy-)?user|-[uU])(?:=|\s{1,4})["']?[^\s:"'[=]{1,256}:)(?!\/\/)([^\s"']{1,1024})/g,
    unless: isUserOfContainer,
  },
  {
    kind: 'login option',
    pattern: /(\bcurl\s[^\r\n|;&]{0,300}?(?<=\s)-u["']?[^\s:"'[=]{1,256}:)([^\s"']{1,1024})/g,
  },
  {
    kind: 'password on its way into a login',
    pattern:
      /(\b(?:echo|printf)\s{1,4}(?:-[a-zA-Z]{1,4}\s{1,4}|["']?%s(?:\\n)?["']?\s{1,4})?)("[^"\r\n]{1,1024}"|'[^'\r\n]{1,1024}'|[^\s"'|]{1,1024})(\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?[a-z]{2,16}\s[^\r\n|]{0,60}?\blogin\b)/g,
  },
];

/** `docker run --user 1000:1000`: a user and a group, as whom the container runs. */
function isUserOfContainer(lineBefore: string, whole: string): boolean {
  if (/\b\d{1,10}:\d{1,10}$/.test(whole)) return true;
  const last = lineBefore.match(/\b(?:run|exec|create|curl|pull|push|copy|inspect|login|fetch)\b/g)?.at(-1);
  return last === 'run' || last === 'exec' || last === 'create';
}
