import { createHash, randomBytes } from 'node:crypto';

const minutesMax = 30;
// More open links than this are a program gone wrong; the oldest go.
const codesMax = 20;

/** One-time codes of sign-in links. Only their hashes are kept, in memory: a restart prints a new link. */
export interface SignInCodes {
  make(): { code: string; endsAt: Date };
  /** True once for each code, within 30 minutes. */
  use(code: string): boolean;
}

export function signInCodes(now: () => Date): SignInCodes {
  const open = new Map<string, number>();
  const hash = (code: string) => createHash('sha256').update(code).digest('hex');
  return {
    make() {
      const code = randomBytes(24).toString('base64url');
      const endsAt = new Date(now().getTime() + minutesMax * 60_000);
      open.set(hash(code), endsAt.getTime());
      for (const key of open.keys()) {
        if (open.size <= codesMax) break;
        open.delete(key);
      }
      return { code, endsAt };
    },
    use(code) {
      const key = hash(code);
      const endsAt = open.get(key);
      open.delete(key);
      return endsAt !== undefined && endsAt > now().getTime();
    },
  };
}
