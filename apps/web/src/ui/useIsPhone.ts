import { useSyncExternalStore } from 'react';

const phone = window.matchMedia('(max-width: 47.99rem)');

/** Whether the window is as narrow as a phone's, where tables become cards and drawers become sheets. */
export const useIsPhone = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      phone.addEventListener('change', listener);
      return () => phone.removeEventListener('change', listener);
    },
    () => phone.matches,
  );
