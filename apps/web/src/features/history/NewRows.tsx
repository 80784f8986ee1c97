import { Kbd } from '../../ui/Kbd.tsx';
import { countText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';
import type { News } from './merge.ts';

/** Over the head of the list: what came since, shown when it is asked for. */
export function NewRows({ news: { count, isMore }, onShow }: { news: News; onShow: () => void }) {
  return (
    <div className={styles.news}>
      <button type="button" onClick={onShow}>
        {isMore ? `More than ${count} new attempts` : countText(count, 'new attempt')}
        <Kbd>.</Kbd>
      </button>
    </div>
  );
}
