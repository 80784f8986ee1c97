import type { DiagnosisLine } from '@pull-doctor/contract/diagnoses';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../clock.ts';
import { firstLine, imageParts, imageText } from '../../image-text.ts';
import { outcomeOfDiagnosis } from '../../outcome.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ImageName } from '../../ui/ImageName.tsx';
import { SkeletonLine, useSkeleton } from '../../ui/Skeleton.tsx';
import { StatusMark } from '../../ui/StatusBadge.tsx';
import { ageText, momentText } from '../../ui/time-text.ts';
import styles from './OverviewPage.module.css';

const shownMax = 8;

/** The newest diagnoses; where there are none, what to do first. */
export function LatestDiagnoses({ lines }: { lines: readonly DiagnosisLine[] | undefined }) {
  const isSkeleton = useSkeleton(lines === undefined);
  const now = useNow(10_000);
  if (lines?.length === 0)
    return (
      <Card label="Latest diagnoses">
        <EmptyState
          icon="diagnose"
          title="Nothing was diagnosed yet"
          actions={
            <Link to="/diagnose" className={buttonClass({ kind: 'primary' })}>
              Diagnose an image
            </Link>
          }
        >
          Something does not pull? Paste the image or the command anywhere on this page. You get the cause,
          the proof and what to do.
        </EmptyState>
      </Card>
    );
  return (
    <Card title="Latest diagnoses" aside={<Link to="/history">Pull history</Link>}>
      <ul className={styles.latest}>
        {lines
          ? lines.slice(0, shownMax).map((line) => <LatestRow key={line.id} line={line} now={now} />)
          : isSkeleton &&
            [58, 44, 62, 50].map((width) => (
              <li key={width}>
                <div className={styles.row}>
                  <SkeletonLine width={width} />
                </div>
              </li>
            ))}
      </ul>
    </Card>
  );
}

function LatestRow({ line, now }: { line: DiagnosisLine; now: number }) {
  const { tone, icon, word } = outcomeOfDiagnosis(line);
  const parts = line.reference ? imageParts(line.reference) : { registry: '', rest: firstLine(line.input) };
  return (
    <li>
      <Link to="/diagnose/$id" params={{ id: line.id }} className={styles.row}>
        <StatusMark tone={tone} icon={icon} />
        <span className={styles.what}>
          <ImageName
            head={parts.registry}
            rest={parts.rest}
            whole={line.reference ? imageText(line.reference) : line.input}
          />
          <span className={styles.says}>
            <b>{word}</b> {line.verdict}
          </span>
        </span>
        <time dateTime={line.startedAt} title={momentText(line.startedAt)}>
          {ageText(line.startedAt, now)}
        </time>
      </Link>
    </li>
  );
}
