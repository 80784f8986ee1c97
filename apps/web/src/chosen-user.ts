import { useSearch } from '@tanstack/react-router';

/** The user whose Docker configuration was chosen in the address (`?user=`); undefined: the first one. */
export const useChosenUser = (): string | undefined =>
  useSearch({ strict: false, select: ({ user }) => user });
