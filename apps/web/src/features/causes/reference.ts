// One file of the built page: who opens the list reads a page next, and the plain frame is around these pages only.
export { CausePage } from './CausePage.tsx';
export { CausesPage } from './CausesPage.tsx';
export { loadAsked } from './load-page.ts';
export { OpenLayout } from './OpenLayout.tsx';
