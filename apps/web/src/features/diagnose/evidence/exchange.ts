import type { Answer, Exchange, Failure, Header } from '@pull-doctor/contract/exchange';
import type { EvidenceBlock, EvidenceRow } from '../../../ui/EvidencePanel.tsx';
import { durationText } from '../../../ui/time-text.ts';

const credentialWords: Record<Exchange['request']['credential'], string | null> = {
  none: null,
  basic: 'Basic [redacted]',
  'identity-token': 'identity token [redacted]',
  'anonymous-bearer': 'Bearer [redacted] (got without a credential)',
  bearer: 'Bearer [redacted]',
};

/** One request and its answer. `isDecisive` marks what the registry said; `before` is what was made of it. */
export function exchangeBlock(
  title: string,
  exchange: Exchange,
  isDecisive = false,
  before: readonly EvidenceRow[] = [],
): EvidenceBlock {
  const { request, answer, failure, redirects, ms } = exchange;
  const credential = credentialWords[request.credential];
  return {
    title,
    rows: [
      ...before,
      { label: request.method, value: request.url },
      ...(credential ? [{ label: 'Authorization', value: credential }] : []),
      ...redirects.map(({ status, to, followed, why }) => ({
        label: `Redirect ${status}`,
        value: `${to}${followed ? '' : ', not followed'}${why ? `: ${why}` : ''}`,
      })),
      ...(answer ? answerRows(answer, isDecisive) : []),
      ...(failure ? failureRows(failure) : []),
      { label: 'Took', value: durationText(ms) },
    ],
    folded: {
      title: 'Headers, sent and received',
      rows: [...headerRows('Sent', request.headers), ...headerRows('Received', answer?.headers ?? [])],
    },
    ...(request.method === 'CONNECT' ? {} : { curl: curlOf(exchange) }),
  };
}

export const failureRows = ({ layer, code, message }: Failure): EvidenceRow[] => [
  { label: 'Failure', value: `${code} (${layer})`, isMarked: true },
  { label: 'Message', value: message, isMarked: true },
];

function answerRows(answer: Answer, isDecisive: boolean): EvidenceRow[] {
  const errors = answer.errors.map(({ code, message }) => `${code}: ${message}`);
  const isMarked = isDecisive && answer.status >= 400;
  return [
    { label: 'Status', value: String(answer.status), isMarked: isMarked && errors.length === 0 },
    ...(errors.length > 0 ? [{ label: 'Errors', value: errors, isMarked }] : []),
    ...(answer.excerpt && errors.length === 0 ? [{ label: 'Body', value: answer.excerpt }] : []),
    ...(answer.excerpt || answer.bytes === 0
      ? []
      : [{ label: 'Body', value: `${answer.bodyKind}, ${answer.bytes} bytes` }]),
  ];
}

const headerRows = (side: string, headers: readonly Header[]): EvidenceRow[] =>
  headers.map(({ name, value }, index) => ({
    label: index === 0 ? `${side}:` : '',
    value: `${name}: ${value}`,
  }));

/** The same request by hand. A secret stands as a variable that the person fills: `$TOKEN`, `$USER:$PASSWORD`. */
export function curlOf({ request }: Exchange): string {
  const { method, url, headers, credential } = request;
  const parts = ['curl', method === 'HEAD' ? '--head' : '--include'];
  if (method === 'POST') parts.push('--request POST');
  if (credential === 'basic') parts.push('--user "$USER:$PASSWORD"');
  if (credential === 'bearer' || credential === 'anonymous-bearer')
    parts.push('--header "Authorization: Bearer $TOKEN"');
  for (const { name, value } of headers)
    if (!/^(?:authorization|host|connection|content-length|accept-encoding)$/i.test(name))
      parts.push(`--header ${quoted(`${name}: ${value}`)}`);
  parts.push(quoted(url.replaceAll(/\[redacted[^\]]*\]/g, 'REDACTED')));
  return parts.join(' ');
}

// A registry chooses some of these texts, and people paste the result into a shell.
const quoted = (text: string): string => `'${text.replaceAll(/[\r\n]/g, ' ').replaceAll("'", "'\\''")}'`;
