/** Moves the focus to the next or previous of the things that match; from outside, to the first or the last. */
export function moveFocus(selector: string, by: 1 | -1): void {
  const rows: Element[] = [...document.querySelectorAll(selector)];
  const focused = document.activeElement;
  const at = focused ? rows.indexOf(focused) : -1;
  const next = at >= 0 ? Math.min(Math.max(at + by, 0), rows.length - 1) : by === 1 ? 0 : rows.length - 1;
  const row = rows[next];
  if (row instanceof HTMLElement) row.focus();
}
