import { lazy } from 'react';

// seldom seen, and so not carried by the first view
export const EmptyBoard = lazy(async () => ({ default: (await import('./NoBoard.tsx')).EmptyBoard }));
export const DeniedBoard = lazy(async () => ({ default: (await import('./NoBoard.tsx')).DeniedBoard }));
