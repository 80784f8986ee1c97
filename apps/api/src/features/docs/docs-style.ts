/** The style of /api/docs: readable in both themes, without the page's own files. */
export const docsStyle = `
:root { color-scheme: light dark; --ink: light-dark(#12161d, #e9ecf1); --ink-2: light-dark(#434c5b, #b4bcc9);
  --canvas: light-dark(#f5f6f8, #0b0d11); --surface: light-dark(#ffffff, #12151b); --line: light-dark(#e3e6ec, #222833);
  --accent: light-dark(#1f55d0, #86a8ff); }
body { margin: 0 auto; max-width: 960px; padding: 24px 16px 80px; background: var(--canvas); color: var(--ink);
  font: 14px/1.6 system-ui, sans-serif; }
h1 { font-size: 24px; } h2 { font-size: 16px; margin: 0; overflow-wrap: anywhere; } h3 { font-size: 13px; margin: 16px 0 4px; color: var(--ink-2); }
a { color: var(--accent); } code, pre { font: 12px/1.6 ui-monospace, monospace; }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 11px; padding: 16px; margin: 16px 0; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid var(--line); padding: 6px 8px 6px 0; vertical-align: top; }
td:first-child { white-space: nowrap; } td p { margin: 0; color: var(--ink-2); }
.scrolls { overflow-x: auto; } .method { display: inline-block; min-width: 56px; color: var(--ink-2); } nav ul { columns: 2; padding-left: 16px; }
@media (max-width: 640px) { nav ul { columns: 1; } }
`;
