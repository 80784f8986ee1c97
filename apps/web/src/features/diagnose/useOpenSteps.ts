import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import type { StepName } from '@pull-doctor/contract/steps';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { shownSteps } from './step-words.ts';

/**
 * Which steps show their evidence. The first failed one opens by itself; one that was gone to by a link is in the
 * address, so that it can be sent.
 */
export function useOpenSteps(diagnosis: Diagnosis) {
  const { step: linked } = useSearch({ from: '/shell/diagnose/$id' });
  const navigate = useNavigate({ from: '/diagnose/$id' });
  // only what a person opened or closed; the rest follows from the diagnosis
  const [chosen, setChosen] = useState<ReadonlyMap<StepName, boolean>>(new Map());

  const open = useMemo(() => {
    const failed = diagnosis.steps.find(
      ({ state, evidence }) => state === 'failed' && evidence !== null,
    )?.step;
    const names = shownSteps(diagnosis).map(({ step }) => step);
    return new Set(names.filter((name) => chosen.get(name) ?? (name === failed || name === linked)));
  }, [diagnosis, chosen, linked]);

  const toggle = useCallback(
    (name: StepName) => setChosen(new Map(chosen).set(name, !open.has(name))),
    [chosen, open],
  );
  const toggleAll = useCallback(() => {
    const names = shownSteps(diagnosis)
      .filter(({ evidence }) => evidence !== null)
      .map(({ step }) => step);
    const areAllOpen = names.every((name) => open.has(name));
    setChosen(new Map(names.map((name) => [name, !areAllOpen])));
  }, [diagnosis, open]);
  const show = useCallback(
    (name: StepName) => {
      setChosen(new Map(chosen).set(name, true));
      void navigate({ search: { step: name }, replace: true, resetScroll: false });
      goTo(name);
    },
    [chosen, navigate],
  );
  useEffect(() => {
    if (linked) goTo(linked);
  }, [linked]);
  return { open, toggle, toggleAll, show };
}

function goTo(name: StepName): void {
  const row = document.getElementById(`step-${name}`);
  row?.scrollIntoView({ block: 'nearest' });
  row?.querySelector<HTMLElement>('button[data-step]')?.focus();
}
