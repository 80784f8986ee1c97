import { useId } from 'react';
import styles from './DiagnoseField.module.css';

/** The one thing that an error text may leave out and a diagnosis needs. */
export function ImageField({
  image,
  onImage,
  onEnter,
  why,
}: {
  image: string;
  onImage: (image: string) => void;
  onEnter: () => void;
  /** Why it is asked for, and what comes without it. */
  why: string;
}) {
  const id = useId();
  return (
    <div className={styles.ask}>
      <label htmlFor={id}>Which image is this about?</label>
      <input
        id={id}
        className={styles.input}
        value={image}
        placeholder="ghcr.io/acme/web:2.3"
        maxLength={4096}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        enterKeyHint="go"
        aria-describedby={`${id}-why`}
        onChange={({ target }) => onImage(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
      <p id={`${id}-why`}>{why}</p>
    </div>
  );
}
