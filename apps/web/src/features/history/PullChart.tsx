import type { AttemptStats } from '@pull-doctor/contract/attempts';
import type { Family } from '@pull-doctor/contract/causes';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Card } from '../../ui/Card.tsx';
import { Icon } from '../../ui/Icon.tsx';
import {
  axisText,
  chartText,
  familyCounts,
  partsOf,
  type Scale,
  type Step,
  scaleOf,
  stepText,
} from './chart.ts';
import { familyNames, shortInstant } from './filters.ts';
import styles from './PullChart.module.css';
import { PullTable } from './PullTable.tsx';

export interface ChartProps {
  stats: AttemptStats;
  families: readonly Family[];
  outcome: string | undefined;
  isTable: boolean;
  onFamily: (family: Family) => void;
  onPulled: () => void;
  /** A step was chosen: its begin and end, as they stand in the address. */
  onStep: (from: string, to: string) => void;
  onTable: (isTable: boolean) => void;
}

/** How many pulls worked and failed over time: bars, whose legend and steps filter, or a table of the same numbers. */
export function PullChart(props: ChartProps) {
  const { stats, isTable, onStep, onTable } = props;
  const choose = (step: Step) => {
    const at = Date.parse(step.at);
    onStep(shortInstant(at), shortInstant(at + stats.stepSeconds * 1000));
  };
  return (
    <Card label="Pulls over time">
      <div className={styles.chart}>
        <div className={styles.legend}>
          <Legend {...props} />
          <button type="button" className={styles.twin} onClick={() => onTable(!isTable)}>
            <Icon id="columns" size="sm" />
            {isTable ? 'As bars' : 'As a table'}
          </button>
        </div>
        {isTable ? <PullTable stats={stats} onStep={choose} /> : <Bars stats={stats} onStep={choose} />}
        {!stats.exact && (
          <p className={styles.note}>
            Some rows of this span were deleted by age or size. Their hourly sums stand in for them.
          </p>
        )}
      </div>
    </Card>
  );
}

function Legend({ stats, families, outcome, onFamily, onPulled }: ChartProps) {
  const counts = familyCounts(stats.steps);
  return (
    <ul aria-label="Families">
      {counts
        // what has no name of its own is shown where there is some of it
        .filter(({ family, count }) => family !== 'none' || count > 0)
        .map(({ family, count }) => (
          <li key={family} data-family={family} data-zero={count === 0 || undefined}>
            <button type="button" aria-pressed={families.includes(family)} onClick={() => onFamily(family)}>
              <i aria-hidden="true" />
              {familyNames[family]} <b>{count.toLocaleString('en')}</b>
            </button>
          </li>
        ))}
      <li data-family="pulled" className={styles.pulled}>
        <button type="button" aria-pressed={outcome === 'pulled'} onClick={onPulled}>
          <i aria-hidden="true" />
          Pulled <b>{stats.total.pulled.toLocaleString('en')}</b>
        </button>
      </li>
    </ul>
  );
}

const height = 104;
const gap = 1;
const heightMin = 2;

function Bars({ stats, onStep }: { stats: AttemptStats; onStep: (step: Step) => void }) {
  const { steps, stepSeconds } = stats;
  const scale = scaleOf(steps);
  const [at, setAt] = useState(steps.length - 1);
  const group = useRef<SVGGElement>(null);
  const current = Math.min(at, steps.length - 1);
  const move = (event: KeyboardEvent) => {
    const step = steps[current];
    if ((event.key === 'Enter' || event.key === ' ') && step) {
      event.preventDefault();
      onStep(step);
      return;
    }
    const to = { ArrowLeft: current - 1, ArrowRight: current + 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(to, 0), steps.length - 1);
    setAt(next);
    const bar = group.current?.children[next];
    if (bar instanceof SVGElement) bar.focus();
  };
  return (
    <div className={styles.plot}>
      <div className={styles.ticks} aria-hidden="true">
        {scale.ticks.toReversed().map((tick) => (
          <span key={tick}>{tick.toLocaleString('en')}</span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: bars are no fields of a form */}
      <svg
        className={styles.bars}
        width="100%"
        height={height}
        role="group"
        aria-label={chartText(stats)}
        onKeyDown={move}
      >
        <Hatch />
        {scale.ticks.map((tick) => {
          const y = height - (tick / scale.most) * (height - 1) - 0.5;
          return <line key={tick} x1="0" x2="100%" y1={y} y2={y} />;
        })}
        <g ref={group}>
          {steps.map((step, index) => (
            <Bar
              key={step.at}
              step={step}
              scale={scale}
              x={(index / steps.length) * 100}
              width={100 / steps.length}
              name={stepText(step, stepSeconds)}
              isCurrent={index === current}
              onFocus={() => setAt(index)}
              onClick={() => onStep(step)}
            />
          ))}
        </g>
      </svg>
      <Axis stats={stats} />
    </div>
  );
}

function Bar({
  step,
  scale,
  x,
  width,
  name,
  isCurrent,
  onFocus,
  onClick,
}: {
  step: Step;
  scale: Scale;
  /** In per cent, as the width. */
  x: number;
  width: number;
  name: string;
  isCurrent: boolean;
  onFocus: () => void;
  onClick: () => void;
}) {
  const inset = width * 0.06;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing holds no HTML; its group takes the keys of all bars
    <g role="button" tabIndex={isCurrent ? 0 : -1} aria-label={name} onFocus={onFocus} onClick={onClick}>
      <title>{name}</title>
      <rect className={styles.hit} x={`${x}%`} width={`${width}%`} y="0" height={height} />
      {partsOf(step, scale).map(({ family, from, height: share }) => {
        const high = Math.max(share * height - gap, heightMin);
        return (
          <rect
            key={family}
            data-family={family}
            x={`${x + inset}%`}
            width={`${width - 2 * inset}%`}
            y={height - from * height - high}
            height={high}
            rx="1.5"
          />
        );
      })}
    </g>
  );
}

/** What has no known cause is hatched, never a plain fill. */
function Hatch() {
  return (
    <defs>
      <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className={styles.hatchBack} width="4" height="4" />
        <rect className={styles.hatchLine} width="2" height="4" />
      </pattern>
    </defs>
  );
}

const labels = 6;

function Axis({ stats: { steps, from, to } }: { stats: AttemptStats }) {
  const spanMs = Date.parse(to) - Date.parse(from);
  const every = Math.max(Math.ceil(steps.length / labels), 1);
  return (
    <div className={styles.axis} aria-hidden="true">
      {steps
        .filter((_, index) => index % every === 0)
        .map((step, index) => (
          <span key={step.at} style={{ left: `${((index * every) / steps.length) * 100}%` }}>
            {axisText(step.at, spanMs)}
          </span>
        ))}
    </div>
  );
}
