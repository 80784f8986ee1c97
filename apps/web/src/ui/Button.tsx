import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './Button.module.css';
import { Icon, type IconId } from './Icon.tsx';

interface Look {
  /** One primary per view. */
  kind?: 'primary' | 'normal' | 'quiet';
  size?: 'sm' | 'md' | 'lg';
  icon?: IconId;
  children: ReactNode;
}

type Props = Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'>;

/** A verb and its object. */
export function Button({ kind = 'normal', size = 'md', icon, children, type = 'button', ...rest }: Props) {
  return (
    <button type={type} className={buttonClass({ kind, size })} {...rest}>
      {icon && <Icon id={icon} size={size === 'sm' ? 'sm' : 'md'} isTurning={icon === 'running'} />}
      {children}
    </button>
  );
}

/** The same look for a link that leads somewhere. */
export const buttonClass = ({ kind = 'normal', size = 'md' }: Pick<Look, 'kind' | 'size'>): string =>
  [styles.button, styles[kind], styles[size]].join(' ');
