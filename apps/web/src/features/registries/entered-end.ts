/** The last second of a day that a person chose (`2027-01-12`), in UTC: the end is never later than they meant. */
export const endOfDay = (day: string): string => `${day}T23:59:59.000Z`;

/** The day of an end, for a date field. */
export const dayOf = (endsAt: string | null): string => endsAt?.slice(0, 10) ?? '';
