import type { Diagnosis } from '@pull-doctor/contract/diagnoses';
import { useEffect, useState } from 'react';

type Report = typeof import('./report.ts').reportText;

/**
 * What writes a diagnosis down; null until it has loaded, right after the page was drawn. Loaded before anybody asks for
 * it, since browsers allow copying only at the moment of the click.
 */
export function useReport(diagnosis: Diagnosis): (() => string) | null {
  const [report, setReport] = useState<Report | null>(null);
  useEffect(() => {
    void import('./report.ts').then(({ reportText }) => setReport(() => reportText));
  }, []);
  return report && (() => report(diagnosis));
}
