import { classify } from '@pull-doctor/contract/message';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { useSettled } from './useSettled.ts';

export interface FailuresTold {
  /** Two at least. */
  count: number;
  /** The image that is diagnosed, as the text has it. */
  image: string;
}

const waitMs = 250;

/**
 * Whether an error text tells of several failures, and which image a diagnosis of it is about; null where it is one, or
 * where there is no choice. The text has to be free of secrets already; empty asks nothing.
 */
export function useFailuresTold(text: string): FailuresTold | null {
  const settled = useSettled(text, waitMs);
  const { data = null } = useQuery({
    queryKey: ['failures', settled],
    queryFn: async ({ signal }): Promise<FailuresTold | null> => {
      const { groups, image } = await call(classify, { body: { text: settled }, signal });
      return groups.length > 1 && image !== null ? { count: groups.length, image } : null;
    },
    enabled: settled.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
  return text.trim() === '' ? null : data;
}
