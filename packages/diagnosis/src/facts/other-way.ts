import type { Evidence } from '@pull-doctor/contract/evidence/evidence';
import type { Finding } from '@pull-doctor/contract/finding';

/** Whether the registry was reached the other way: through the proxy where Docker uses none, or around it. */
export function otherWayLeadsOut({ proxy }: Evidence): boolean {
  return proxy?.otherVantage?.reached === true;
}

/** Another proxy setting is known, and what it would bring was not tried. */
export function proxyAlternative({ proxy }: Evidence): Finding['alternatives'] {
  const other = proxy?.otherVantage;
  if (!other || other.reached !== null) return [];
  return [
    {
      cause: 'proxy-failure',
      why: `${other.what} A network that is left only through a proxy looks like this.`,
      decides: 'Ask the registry through the other proxy setting.',
    },
  ];
}
