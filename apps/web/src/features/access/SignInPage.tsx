import { signIn } from '@pull-doctor/contract/access';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';
import { ApiError, call } from '../../api.ts';
import { safeNext } from '../../safe-next.ts';
import { setSignedIn } from '../../signed-in.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { useTitle } from '../../useTitle.ts';
import { Rings } from './Rings.tsx';
import styles from './SignInPage.module.css';

/** Outside the shell: how to get in, and nothing about what is inside. */
export function SignInPage() {
  useTitle('Sign in');
  const { next, problem } = useSearch({ from: '/signin' });
  const router = useRouter();
  const queryClient = useQueryClient();
  const [token, setToken] = useState('');
  const [isShown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const attempt = useMutation({
    mutationFn: (value: string) => call(signIn, { body: { token: value } }),
    onSuccess: () => {
      queryClient.clear();
      setSignedIn(true);
      router.history.push(safeNext(next));
    },
    // the value lives in the form only, and not longer than the try
    onSettled: () => {
      setToken('');
      setShown(false);
      field.current?.focus();
    },
  });
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = window.setTimeout(() => setShown(false), 20_000);
    return () => window.clearTimeout(timer);
  }, [isShown]);

  return (
    <div className={styles.gate}>
      <main className={styles.left}>
        <div className={styles.form}>
          <div className={styles.logo}>
            <Mark size={34} />
            Pull Doctor
          </div>
          <h1>Sign in</h1>
          <p className={styles.where}>{window.location.host}</p>
          <SignInProblem error={attempt.error} isOldLink={problem === 'link' && !attempt.error} />
          <section className={styles.way}>
            <h2>
              <Icon id="link" />
              Open the sign-in link
            </h2>
            <p>
              Pull Doctor prints it when it starts, in the terminal of <code>npm start</code> or in{' '}
              <code>docker compose logs</code>. It works once, for 30&nbsp;minutes.
            </p>
          </section>
          <div className={styles.or}>or</div>
          <form
            className={styles.fields}
            onSubmit={(event) => {
              event.preventDefault();
              if (token.trim()) attempt.mutate(token.trim());
            }}
          >
            {/* password managers keep a password under a name */}
            <input
              className="sr"
              type="text"
              autoComplete="username"
              value="admin"
              readOnly
              tabIndex={-1}
              aria-hidden="true"
            />
            <label htmlFor={`${id}-token`}>Admin token</label>
            <div className={styles.secret}>
              <input
                ref={field}
                id={`${id}-token`}
                type={isShown ? 'text' : 'password'}
                autoComplete="current-password"
                spellCheck={false}
                autoCapitalize="off"
                maxLength={512}
                value={token}
                aria-describedby={`${id}-says`}
                aria-invalid={attempt.isError || undefined}
                onBlur={(event) => {
                  if (!event.relatedTarget?.hasAttribute('data-show')) setShown(false);
                }}
                onChange={(event) => setToken(event.target.value)}
              />
              <button type="button" data-show="" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
                <Icon id={isShown ? 'eyeoff' : 'eye'} />
                Show
              </button>
            </div>
            <Button
              kind="primary"
              size="lg"
              type="submit"
              disabled={attempt.isPending || token.trim() === ''}
            >
              {attempt.isPending ? 'Signing in' : 'Sign in'}
            </Button>
            <p id={`${id}-says`} className={styles.hint}>
              It is the variable <code>PULL_DOCTOR_ADMIN_TOKEN</code>; where that is not set, the file{' '}
              <code>admin-token</code> in the data folder.
            </p>
          </form>
        </div>
      </main>
      <div className={styles.right} aria-hidden="true">
        <Rings />
      </div>
    </div>
  );
}

function SignInProblem({ error, isOldLink }: { error: Error | null; isOldLink: boolean }) {
  if (isOldLink)
    return (
      <div role="alert">
        <Banner tone="expired" icon="expired" title="This sign-in link was used or is too old.">
          A link works once, for 30&nbsp;minutes. Use the admin token, or start Pull Doctor anew for another
          link.
        </Banner>
      </div>
    );
  if (!error) return null;
  return (
    <div role="alert">
      <Banner tone="invalid" icon="invalid" title={error.message}>
        {error instanceof ApiError && error.todo}
      </Banner>
    </div>
  );
}
