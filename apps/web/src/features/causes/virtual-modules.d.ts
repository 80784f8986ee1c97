// made by build/cause-pages.ts

declare module 'virtual:cause-list' {
  export const causeList: readonly import('./cause-page.ts').CauseEntry[];
}

declare module 'virtual:cause-pages' {
  export const loadCausePage: Record<
    import('@pull-doctor/contract/causes').Cause,
    () => Promise<{ page: import('./cause-page.ts').CausePage }>
  >;
}

declare module 'virtual:cause-texts' {
  export const causeTexts: readonly import('./cause-page.ts').CauseText[];
}
