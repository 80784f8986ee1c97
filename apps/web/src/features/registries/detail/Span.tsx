import type { ReactNode } from 'react';
import { Card } from '../../../ui/Card.tsx';

/** A card of the registry's page that takes this many of the twelve columns. */
export function Span({
  of,
  title,
  aside,
  children,
}: {
  of: 4 | 5 | 6 | 7 | 8 | 12;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div data-span={of} style={{ display: 'grid' }}>
      <Card title={title} aside={aside}>
        {children}
      </Card>
    </div>
  );
}
