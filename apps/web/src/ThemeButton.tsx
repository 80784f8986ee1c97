import styles from './Layout.module.css';
import { nextTheme, useTheme } from './theme.ts';
import { Icon } from './ui/Icon.tsx';

const words = { system: 'as the system', light: 'light', dark: 'dark' };

/** Goes on to the next theme: system, light, dark. */
export function ThemeButton() {
  const theme = useTheme();
  return (
    <button
      type="button"
      className={styles.iconButton}
      title={`Theme: ${words[theme]} (Shift T)`}
      aria-label={`Theme: ${words[theme]}. Change it`}
      onClick={nextTheme}
    >
      <Icon id={theme === 'system' ? 'monitor' : 'sun'} />
    </button>
  );
}
