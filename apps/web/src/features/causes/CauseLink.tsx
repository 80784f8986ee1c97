import { type Cause, causeFacts } from '@pull-doctor/contract/causes';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Leads to the page of a cause; says its badge where nothing else is given. */
export function CauseLink({
  cause,
  hash,
  className,
  children,
}: {
  cause: Cause;
  /** The id of a heading of that page, such as `what-to-do`. */
  hash?: string | undefined;
  className?: string | undefined;
  children?: ReactNode;
}) {
  return (
    <Link to="/causes/$code" params={{ code: cause }} className={className} {...(hash ? { hash } : {})}>
      {children ?? causeFacts[cause].badge}
    </Link>
  );
}
