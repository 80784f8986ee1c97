import { useMemo } from 'react';
import { useShortcuts } from '../../keyboard.ts';
import { moveFocus } from '../../move-focus.ts';
import { useCheckAll, useCheckOne } from './useChecks.ts';

const rows = '[data-row]';

/** J and K go through the rows; R checks the one with the focus, and all of them where none has it. */
export function useBoardKeys(user: string | undefined, isOn: boolean): void {
  const { mutate: checkAll } = useCheckAll(user);
  const { mutate: checkOne } = useCheckOne(user);
  useShortcuts(
    useMemo(() => {
      if (!isOn) return {};
      return {
        next: () => moveFocus(rows, 1),
        previous: () => moveFocus(rows, -1),
        again: () => {
          const row = document.activeElement?.closest('[data-host]');
          const host = row instanceof HTMLElement ? row.dataset.host : undefined;
          if (host === undefined) checkAll();
          else checkOne(host);
        },
      };
    }, [isOn, checkAll, checkOne]),
  );
}
