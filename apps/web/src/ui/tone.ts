/** The status whose colours something takes; base.css sets them for `data-tone`. */
export type Tone =
  | 'ok'
  | 'expiring'
  | 'expired'
  | 'invalid'
  | 'unreachable'
  | 'missing'
  | 'unknown'
  | 'running'
  | 'info'
  | 'warning';
