import { checkAllRegistries, checkRegistry } from '@pull-doctor/contract/registries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { announce } from '../../announce.tsx';
import { call } from '../../api.ts';
import { loginOutcomes } from '../../login-outcome.ts';
import { boardQuery, registryQuery } from '../../queries.ts';

/** Checks every registry of one user's configuration now. The rows say by themselves when they are done. */
export function useCheckAll(user: string | undefined) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(checkAllRegistries, { query: user === undefined ? {} : { user } }),
    onSuccess: (board) => {
      queryClient.setQueryData(boardQuery(user).queryKey, board);
      announce('All registries are being checked.');
    },
    onError: ({ message }) => announce(message),
  });
}

/** Checks one registry now, and puts its page right with the answer. */
export function useCheckOne(user: string | undefined) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: string | { host: string; signal: AbortSignal }) => {
      const { host, signal } = typeof ask === 'string' ? { host: ask, signal: undefined } : ask;
      const query = user === undefined ? {} : { user };
      return call(checkRegistry, { params: { host }, query, ...(signal ? { signal } : {}) });
    },
    onSuccess: (registry) => {
      const { host, name, status, why } = registry.row;
      queryClient.setQueryData(registryQuery(host, user).queryKey, registry);
      announce(`${name}: ${loginOutcomes[status].word}. ${why}`);
    },
    onError: (error) => {
      if (!isAbort(error)) announce(error.message);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['registries'] }),
  });
}

/** The same with a way to stop it, and since when it runs by the monotonic clock. */
export function useCheck(host: string, user: string | undefined) {
  const abort = useRef<AbortController>(undefined);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const { mutate, error, reset } = useCheckOne(user);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(() => {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setStartedAt(performance.now());
    mutate({ host, signal: own.signal }, { onSettled: () => abort.current === own && setStartedAt(null) });
  }, [host, mutate]);
  const stop = useCallback(() => {
    abort.current?.abort();
    reset();
    setStartedAt(null);
  }, [reset]);
  return { start, stop, startedAt, error: error && isAbort(error) ? null : error };
}

const isAbort = (error: Error): boolean => error instanceof DOMException && error.name === 'AbortError';
