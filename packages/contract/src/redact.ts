/** What stands in place of a secret, wherever text is shown, logged or stored. */
export const redacted = '[redacted]';

interface SecretShape {
  /** What kind of secret this looks like, for the count that is shown. */
  kind: string;
  /** The first group is kept, the second is the secret, a third (if any) is kept. Linear: no nested repetition. */
  pattern: RegExp;
}

// Prefixes are stable, lengths are not (GitHub and GitLab both changed theirs): so no upper bound is asked for.
const shapes: readonly SecretShape[] = [
  // A challenge ("Bearer realm=…") has parameters in this place, and a sentence ("basic authentication") a word.
  {
    kind: 'authorization header',
    pattern:
      /(\b(?:[Bb]asic|[Bb]earer|BASIC|BEARER)\s+)(?!(?:realm|service|scope|error|charset)=)(?!(?:authenti|authori|credential|access|token|login|challenge|registr|scheme|realm)[a-z]{0,20}\b)([A-Za-z0-9+/=._~-]{6,})/g,
  },
  {
    kind: 'password in an address',
    pattern: /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{1,256}:)([^\s/@"']{1,1024})(@)/gi,
  },
  { kind: 'JSON web token', pattern: /()(\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*)?)/g },
  { kind: 'Docker Hub token', pattern: /(\bdckr_(?:pat|oat)_)([A-Za-z0-9_-]{8,})/g },
  { kind: 'GitHub token', pattern: /(\b(?:gh[pousr]_|github_pat_))([A-Za-z0-9_]{8,})/g },
  { kind: 'GitLab token', pattern: /(\b(?:glpat|gldt|glcbt|glrt|glptt)-)([A-Za-z0-9_.-]{8,})/g },
  { kind: 'Google token', pattern: /(\bya29\.)([A-Za-z0-9_.-]{8,})/g },
  { kind: 'DigitalOcean token', pattern: /(\bdo[opr]_v1_)([A-Fa-f0-9]{8,})/g },
  { kind: 'Pull Doctor token', pattern: /(\bpd_)([A-Za-z0-9_-]{16,})/g },
  { kind: 'AWS key', pattern: /(\b(?:AKIA|ASIA))([A-Z0-9]{12,})/g },
  { kind: 'private key', pattern: /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)([^-]{1,20000})/g },
  {
    kind: 'field that holds a secret',
    pattern:
      /(["']?\b(?:auth|password|passwd|secret|identitytoken|registrytoken|access_token|refresh_token|id_token|aws_secret_access_key|client_secret)["']?\s{0,4}[:=]\s{0,4}["'])([^"'\r\n]{1,8192})(["'])/gi,
  },
  {
    kind: 'secret in a query',
    pattern:
      /([?&](?:token|access_token|sig|signature|x-amz-signature|x-amz-security-token|password|key)=)([^&\s"'#]{1,4096})/gi,
  },
  { kind: 'password option', pattern: /(\s--password[= ])(?!-)(\S{1,1024})/g },
  // `-p` is a password for login alone; for run it is a port.
  { kind: 'password option', pattern: /(\blogin\s[^\r\n]{0,300}?(?<=\s)-p[= ]?)(?!-)(\S{1,1024})/g },
];

/** Text in which everything that looks like a secret was replaced, and how many that were, by kind. */
export interface Redacted {
  text: string;
  hidden: number;
  kinds: string[];
}

/**
 * Hides what looks like a secret in text from outside (pasted errors, log lines, registry answers). The scheme or the
 * known prefix stays ("Bearer", "ghp_"), nothing after it. Runs in time linear in the text's length.
 */
export function redactText(input: string): Redacted {
  const kinds: string[] = [];
  let text = input;
  for (const { kind, pattern } of shapes) {
    text = text.replace(pattern, (whole, before: string, secret: string, after?: string | number) => {
      if (secret === redacted || secret.startsWith('[redacted')) return whole;
      kinds.push(kind);
      return `${before}${redacted}${typeof after === 'string' ? after : ''}`;
    });
  }
  return { text, hidden: kinds.length, kinds };
}
