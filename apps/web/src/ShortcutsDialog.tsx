import { useId, useState } from 'react';
import { areShortcutsOn, shortcutList, switchShortcuts } from './keyboard.ts';
import styles from './ShortcutsDialog.module.css';
import { Dialog } from './ui/Dialog.tsx';
import { Kbd } from './ui/Kbd.tsx';

/** The keys, and the switch that turns the single letters off. */
export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areShortcutsOn());
  const id = useId();
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className={styles.list}>
        {shortcutList.map(({ keys, says }) => (
          <div key={says}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Kbd>Enter</Kbd>
          </dt>
          <dd>In the field: start. Shift Enter adds a line</dd>
        </div>
      </dl>
      <p className={styles.note}>
        Pasting outside a field opens Diagnose with the text. Nothing is sent by that.
      </p>
      <label className={styles.switch} htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => {
            setOn(target.checked);
            switchShortcuts(target.checked);
          }}
        />
        Single-letter shortcuts, outside fields
      </label>
    </Dialog>
  );
}
