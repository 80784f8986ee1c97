import styles from './Icon.module.css';
// As a hashed file it is kept for good: icons stay when the server is lost.
import sprite from './icons.svg?url';

/** The symbols of icons.svg. */
export type IconId =
  | 'ok'
  | 'expiring'
  | 'expired'
  | 'invalid'
  | 'missing'
  | 'unreachable'
  | 'unknown'
  | 'running'
  | 'skipped'
  | 'waiting'
  | 'warn'
  | 'info'
  | 'overview'
  | 'diagnose'
  | 'history'
  | 'registry'
  | 'hosts'
  | 'settings'
  | 'fix'
  | 'book'
  | 'more'
  | 'search'
  | 'key'
  | 'lock'
  | 'vault'
  | 'file'
  | 'helper'
  | 'terminal'
  | 'docker'
  | 'disk'
  | 'clock'
  | 'log'
  | 'proxy'
  | 'shield'
  | 'layers'
  | 'gauge'
  | 'user'
  | 'users'
  | 'bell'
  | 'tag'
  | 'monitor'
  | 'sun'
  | 'link'
  | 'globe'
  | 'cert'
  | 'cpu'
  | 'webhook'
  | 'mail'
  | 'chat'
  | 'refresh'
  | 'copy'
  | 'check'
  | 'x'
  | 'plus'
  | 'minus'
  | 'right'
  | 'left'
  | 'down'
  | 'up'
  | 'updown'
  | 'arrow'
  | 'external'
  | 'eye'
  | 'eyeoff'
  | 'filter'
  | 'columns'
  | 'download'
  | 'play'
  | 'pause'
  | 'undo'
  | 'trash'
  | 'save'
  | 'logout'
  | 'spark'
  | 'infinity'
  | 'renew'
  | 'help'
  | 'dot'
  | 'dns';

/** The address of a symbol, for a drawing that holds one. */
export const spriteAddress = (id: IconId): string => `${sprite}#${id}`;

const sizes = { sm: 14, md: 16, lg: 20, xl: 24 } as const;

/** A symbol of the sprite; decoration, so the word always stands beside it or in the control's name. */
export function Icon({
  id,
  size = 'md',
  isTurning = false,
}: {
  id: IconId;
  size?: keyof typeof sizes;
  isTurning?: boolean;
}) {
  return (
    <svg
      className={isTurning ? `${styles.icon} ${styles.turning}` : styles.icon}
      width={sizes[size]}
      height={sizes[size]}
      aria-hidden="true"
    >
      <use href={spriteAddress(id)} />
    </svg>
  );
}
