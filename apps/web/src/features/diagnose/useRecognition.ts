import { type Recognition, recognize } from '@pull-doctor/contract/recognition';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { useSettled } from './useSettled.ts';

const waitMs = 250;

/** What the server takes a text for, 250 ms after the last key. The text has to be free of secrets already. */
export function useRecognition(text: string): Recognition | undefined {
  const settled = useSettled(text, waitMs);
  const { data } = useQuery({
    queryKey: ['recognition', settled],
    queryFn: ({ signal }) => call(recognize, { body: { input: settled }, signal }),
    enabled: settled.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: (previous) => previous,
    retry: false,
  });
  return text.trim() === '' ? undefined : data;
}
