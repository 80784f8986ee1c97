import { causeFacts } from '@pull-doctor/contract/causes';
import { useQuery } from '@tanstack/react-query';
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react';
import { FindField } from '../../ui/FindField.tsx';
import { Icon, type IconId } from '../../ui/Icon.tsx';
import { Menu, MenuCheck, MenuChoice, MenuGroup, MenuNote } from '../../ui/Menu.tsx';
import { Seg } from '../../ui/Seg.tsx';
import { causesByFamily } from '../causes/families.ts';
import styles from './FilterBar.module.css';
import { familyNames, filtersOf, type HistoryView, instantsText, presetNames } from './filters.ts';
import { rangeStatsQuery } from './history-queries.ts';
import type { HistoryKey } from './search.ts';
import type { History } from './useHistory.ts';

const RangeDialog = lazy(() => import('./RangeDialog.tsx'));

const rangeNames = { '1h': '1 h', '24h': '24 h', '7d': '7 d', '30d': '30 d' } as const;
const ranges = presetNames.map((value) => ({ value, name: rangeNames[value] }));
const outcomeChoices = [
  { value: 'all', name: 'All' },
  { value: 'failed', name: 'Failed' },
  { value: 'pulled', name: 'Pulled' },
] as const;
const stateChoices = [
  { value: 'all', name: 'All' },
  { value: 'open,came-back', name: 'Open' },
  { value: 'quiet', name: 'Quiet' },
  { value: 'fixed', name: 'Fixed' },
] as const;

/** Range, host, registry, cause, outcome and text. Each applies at once and stands in the address. */
export function FilterBar({
  history: { view, search, change },
  fieldRef,
}: {
  history: History;
  fieldRef: RefObject<HTMLInputElement | null>;
}) {
  const [isRangeOpen, setRangeOpen] = useState(false);
  const set = filtersOf(view);
  const isCustom = 'from' in view.range;
  const clear = () => change(Object.fromEntries(set.flatMap(({ keys }) => keys.map((key) => [key, '']))));
  return (
    <search className={styles.bar} aria-label="Filters">
      <Seg
        label="Range"
        choices={ranges}
        value={'preset' in view.range ? view.range.preset : null}
        onChoose={(preset) => change({ from: preset, to: '' })}
      >
        <button
          type="button"
          aria-pressed={isCustom}
          aria-haspopup="dialog"
          title="Custom range"
          onClick={() => setRangeOpen(true)}
        >
          {'from' in view.range ? `${instantsText(view.range)} UTC` : 'Custom'}
        </button>
      </Seg>
      <HostFilter view={view} onChange={(host) => change({ host })} />
      <RegistryFilter view={view} onChange={(registry) => change({ registry })} />
      <CauseFilter view={view} onChange={(cause) => change({ cause })} />
      <SetFilter
        icon="layers"
        name="Family"
        says={view.families.map((name) => familyNames[name]).join(', ')}
        onRemove={() => change({ family: '' })}
      />
      <SetFilter
        icon="layers"
        name="Repository"
        says={view.repository ?? ''}
        onRemove={() => change({ repository: '' })}
      />
      <SetFilter
        icon="filter"
        name="Failure"
        says={view.fingerprint ? 'one kind' : ''}
        onRemove={() => change({ fingerprint: '' })}
      />
      {view.list === 'failures' ? (
        <Seg
          label="State"
          choices={stateChoices}
          value={
            view.states.length === 0
              ? 'all'
              : (stateChoices.find(({ value }) => value === search.state)?.value ?? null)
          }
          onChoose={(state) => change({ state: state === 'all' ? '' : state })}
        />
      ) : (
        <Seg
          label="Outcome"
          choices={outcomeChoices}
          value={
            view.outcomes.length === 0
              ? 'all'
              : (outcomeChoices.find(({ value }) => value === search.outcome)?.value ?? null)
          }
          onChoose={(outcome) => change({ outcome: outcome === 'all' ? '' : outcome })}
        />
      )}
      <TextFilter text={view.q} fieldRef={fieldRef} onText={(q) => change({ q }, { replace: true })} />
      {set.length > 1 && (
        <button type="button" className={styles.clear} onClick={clear}>
          Clear filters
        </button>
      )}
      <Suspense>
        {isRangeOpen && (
          <RangeDialog
            range={view.range}
            onChoose={(from, to) => change({ from, to })}
            onClose={() => setRangeOpen(false)}
          />
        )}
      </Suspense>
    </search>
  );
}

/** A filter that is not set is a menu; one that is names its value and has its own remove beside the menu. */
function Pill({
  icon,
  name,
  says,
  onRemove,
  onOpen,
  children,
}: {
  icon: IconId;
  name: string;
  says: string;
  onRemove: () => void;
  onOpen?: () => void;
  children: React.ReactNode;
}) {
  return (
    <div className={styles.pill} data-set={says === '' ? undefined : ''}>
      <Menu
        {...(onOpen ? { onOpen } : {})}
        trigger={
          <button type="button" className={styles.open}>
            <Icon id={icon} size="sm" />
            {says === '' ? name : `${name}:`}
            {says === '' ? <Icon id="down" size="sm" /> : <b>{says}</b>}
          </button>
        }
      >
        {children}
      </Menu>
      {says !== '' && <Remove name={name} onRemove={onRemove} />}
    </div>
  );
}

/** A filter that comes from a click elsewhere, and can only be taken away here. */
function SetFilter({
  icon,
  name,
  says,
  onRemove,
}: {
  icon: IconId;
  name: string;
  says: string;
  onRemove: () => void;
}) {
  if (says === '') return null;
  return (
    <div className={styles.pill} data-set="">
      <span className={styles.open}>
        <Icon id={icon} size="sm" />
        {name}: <b>{says}</b>
      </span>
      <Remove name={name} onRemove={onRemove} />
    </div>
  );
}

function Remove({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <button
      type="button"
      className={styles.remove}
      aria-label={`Remove the filter ${name}`}
      onClick={onRemove}
    >
      <Icon id="x" size="sm" />
    </button>
  );
}

/** What the range holds, asked for when a menu opens first. */
function useChoices(view: HistoryView) {
  const [isAsked, setAsked] = useState(false);
  const { data } = useQuery({ ...rangeStatsQuery(view), enabled: isAsked });
  return { total: data?.total, ask: () => setAsked(true) };
}

interface FilterProps {
  view: HistoryView;
  onChange: (value: string) => void;
}

function HostFilter({ view, onChange }: FilterProps) {
  const { total, ask } = useChoices(view);
  const hosts = total?.hosts ?? [];
  return (
    <Pill icon="hosts" name="Host" says={view.host ?? ''} onRemove={() => onChange('')} onOpen={ask}>
      {total && hosts.length === 0 && <MenuNote>No pull was seen in this range.</MenuNote>}
      <MenuChoice isOn={view.host === null} onChoose={() => onChange('')}>
        All hosts
      </MenuChoice>
      {hosts.map(({ host, attempts }) => (
        <MenuChoice
          key={host}
          isOn={host === view.host}
          onChoose={() => onChange(host)}
          end={attempts.toLocaleString('en')}
        >
          {host}
        </MenuChoice>
      ))}
    </Pill>
  );
}

function RegistryFilter({ view, onChange }: FilterProps) {
  const { total, ask } = useChoices(view);
  const registries = total?.registries ?? [];
  return (
    <Pill
      icon="registry"
      name="Registry"
      says={view.registry ?? ''}
      onRemove={() => onChange('')}
      onOpen={ask}
    >
      {total && registries.length === 0 && <MenuNote>No pull was seen in this range.</MenuNote>}
      <MenuChoice isOn={view.registry === null} onChoose={() => onChange('')}>
        All registries
      </MenuChoice>
      {registries.map(({ registry, attempts, failed }) => (
        <MenuChoice
          key={registry}
          isOn={registry === view.registry}
          onChoose={() => onChange(registry)}
          end={failed > 0 ? `${failed.toLocaleString('en')} failed` : attempts.toLocaleString('en')}
        >
          {registry}
        </MenuChoice>
      ))}
    </Pill>
  );
}

function CauseFilter({ view, onChange }: FilterProps) {
  const { total, ask } = useChoices(view);
  const counts = new Map(total?.causes.map(({ cause, count }) => [cause, count]));
  const says = view.causes.map((cause) => causeFacts[cause].badge);
  return (
    <Pill
      icon="diagnose"
      name="Cause"
      says={says.length > 2 ? `${says.length} causes` : says.join(', ')}
      onRemove={() => onChange('')}
      onOpen={ask}
    >
      {causesByFamily.map(({ family, causes }) => (
        <MenuGroup key={family} name={familyNames[family]}>
          {causes.map((cause) => (
            <MenuCheck
              key={cause}
              isOn={view.causes.includes(cause)}
              onChange={(isOn) =>
                onChange(
                  (isOn ? [...view.causes, cause] : view.causes.filter((other) => other !== cause)).join(','),
                )
              }
              end={counts.get(cause)?.toLocaleString('en')}
            >
              {causeFacts[cause].badge}
            </MenuCheck>
          ))}
        </MenuGroup>
      ))}
    </Pill>
  );
}

const typingMs = 250;

/** Filters a moment after the last letter; Esc empties it. */
function TextFilter({
  text,
  fieldRef,
  onText,
}: {
  text: string;
  fieldRef: RefObject<HTMLInputElement | null>;
  onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  // another text in the address, by Back or by clearing, wins over what stands here
  useEffect(() => {
    if (text === sent.current) return;
    sent.current = text;
    setTyped(text);
  }, [text]);
  const send = (next: string, ms: number) => {
    setTyped(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      sent.current = next;
      onText(next);
    }, ms);
  };
  return (
    <div className={styles.find}>
      <FindField
        label="Image, user or message"
        placeholder="Image, user or message"
        fieldRef={fieldRef}
        text={typed}
        onText={(next) => send(next, next === '' ? 0 : typingMs)}
        onKeyDown={({ key }) => key === 'Enter' && send(typed, 0)}
      />
    </div>
  );
}

/** The keys of an address that narrow it; for "Clear filters" outside the bar. */
export const cleared = (view: HistoryView): { [Key in HistoryKey]?: string } =>
  Object.fromEntries(filtersOf(view).flatMap(({ keys }) => keys.map((key) => [key, ''])));
