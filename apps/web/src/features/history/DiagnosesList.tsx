import type { DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { firstLine, imageParts, imageText } from '../../image-text.ts';
import { outcomeOfDiagnosis } from '../../outcome.ts';
import { ProblemBanner } from '../../ProblemBanner.tsx';
import { diagnosesQuery } from '../../queries.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ImageName } from '../../ui/ImageName.tsx';
import { useSkeleton } from '../../ui/Skeleton.tsx';
import { StatusWord } from '../../ui/StatusBadge.tsx';
import { countText, durationText } from '../../ui/time-text.ts';
import styles from './HistoryPage.module.css';
import { Cell, HistoryTable, ListSkeleton, MoreButton, Row, When } from './HistoryTable.tsx';

const heads = [
  { name: 'Time, UTC' },
  { name: 'Result' },
  { name: 'Image' },
  { name: 'Verdict' },
  { name: 'Took', isRight: true },
];

/** Past diagnoses, newest first, a page at a time. */
export function DiagnosesList() {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(diagnosesQuery);
  const now = useNow(10_000);
  const isSkeleton = useSkeleton(isPending);
  const lines = data?.pages.flatMap(({ items }) => items);
  if (!lines)
    return error ? (
      <ProblemBanner error={error} title="The diagnoses could not be read." />
    ) : (
      isSkeleton && <ListSkeleton />
    );
  if (lines.length === 0) return <NoDiagnoses />;
  return (
    <>
      {error && <ProblemBanner error={error} title="The list could not be read anew." />}
      <HistoryTable
        label="Diagnoses"
        heads={heads}
        foot={
          <>
            <span>
              {countText(lines.length, 'diagnosis', 'diagnoses')}
              {hasNextPage ? ' shown, older ones exist' : ''}
            </span>
            {hasNextPage && <MoreButton isBusy={isFetchingNextPage} onMore={() => void fetchNextPage()} />}
          </>
        }
      >
        {lines.map((line) => (
          <DiagnosisRow key={line.id} line={line} now={now} />
        ))}
      </HistoryTable>
    </>
  );
}

function DiagnosisRow({ line, now }: { line: DiagnosisLine; now: number }) {
  const outcome = outcomeOfDiagnosis(line);
  const parts = line.reference ? imageParts(line.reference) : { registry: '', rest: firstLine(line.input) };
  return (
    <Row>
      <Cell name="time">
        <When at={line.startedAt} now={now} />
      </Cell>
      <Cell name="result">
        <StatusWord {...outcome} isQuiet={outcome.tone === 'ok'} />
      </Cell>
      <Cell name="image">
        <Link to="/diagnose/$id" params={{ id: line.id }} className={styles.link}>
          <ImageName
            head={parts.registry}
            rest={parts.rest}
            whole={line.reference ? imageText(line.reference) : line.input}
          />
        </Link>
      </Cell>
      <Cell name="more">
        <span title={line.verdict}>{line.verdict}</span>
      </Cell>
      <Cell name="right">
        {line.finishedAt ? durationText(Date.parse(line.finishedAt) - Date.parse(line.startedAt)) : ''}
      </Cell>
    </Row>
  );
}

function NoDiagnoses() {
  return (
    <Card label="Diagnoses">
      <EmptyState
        icon="history"
        title="Nothing was diagnosed yet"
        actions={
          <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
            Diagnose an image
          </Link>
        }
      >
        Every diagnosis is kept here with its evidence, so that it can be read again and sent to others.
      </EmptyState>
    </Card>
  );
}
