import type { DockerHost } from '@pull-doctor/contract/host';
import { Card } from '../../ui/Card.tsx';
import { Icon, type IconId } from '../../ui/Icon.tsx';
import { StatusBadge, StatusMark } from '../../ui/StatusBadge.tsx';
import { bytesText } from '../../ui/time-text.ts';
import styles from './OverviewPage.module.css';

interface Fact {
  icon: IconId;
  label: string;
  value: string;
  isWarning?: boolean;
}

/** The daemon and the client configuration of the host, and what Pull Doctor cannot see from where it runs. */
export function HostCard({ host }: { host: DockerHost }) {
  const { daemon, config, helpers, notes } = host;
  return (
    <div className={styles.aside}>
      <Card
        title={`Docker daemon on ${host.name}`}
        aside={
          daemon.reached ? (
            <StatusBadge tone="ok" icon="ok" word="Running" />
          ) : (
            <StatusBadge tone="unreachable" icon="unreachable" word="Not reached" />
          )
        }
      >
        <dl className={styles.facts}>
          {factsOf(host).map(({ icon, label, value, isWarning }) => (
            <div key={label}>
              <dt>
                <Icon id={icon} size="sm" />
                {label}
              </dt>
              <dd data-warning={isWarning || undefined}>{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {(config.faults.length > 0 || helpers.length > 0) && (
        <Card title="Client configuration">
          <ul className={styles.notes}>
            {config.faults.map(({ what, line }) => (
              <li key={`${line}${what}`}>
                <StatusMark tone="invalid" icon="invalid" />
                <span>
                  {line === null ? '' : `Line ${line}: `}
                  {what}
                </span>
              </li>
            ))}
            {helpers.map(({ name, state, why }) => (
              <li key={name}>
                <StatusMark
                  tone={state === 'found' ? 'ok' : 'warning'}
                  icon={state === 'found' ? 'ok' : 'warn'}
                />
                <span>
                  <code>docker-credential-{name}</code>: {why}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {notes.length > 0 && (
        <Card title="What Pull Doctor cannot see here">
          <ul className={styles.notes}>
            {notes.map((note) => (
              <li key={note}>
                <StatusMark tone="info" icon="info" />
                <span>{note}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

const configStates = { read: 'read', absent: 'not there', unreadable: 'not readable', malformed: 'broken' };
const logStates = { read: '', 'not-configured': 'not read: ', unreadable: 'not readable: ' };
const fullFrom = 0.85;

function factsOf({ daemon, config }: DockerHost): Fact[] {
  const { info, disk, log } = daemon;
  const offset = info?.clockOffsetSeconds ?? null;
  const used = disk ? 1 - disk.freeBytes / disk.totalBytes : 0;
  const facts: (Fact | null)[] = [
    info && { icon: 'docker', label: 'Engine', value: `${info.version}, API ${info.apiVersion}` },
    info && { icon: 'cpu', label: 'Platform', value: `${info.os}/${info.architecture}` },
    info && { icon: 'layers', label: 'Image store', value: info.store },
    disk && {
      icon: 'disk',
      label: 'Disk',
      value: `${Math.floor(used * 100)}% full, ${bytesText(disk.freeBytes)} free`,
      isWarning: used >= fullFrom,
    },
    offset === null
      ? null
      : {
          icon: 'clock',
          label: 'Clock',
          value: `${Math.abs(offset).toFixed(1)}\u00a0s off`,
          isWarning: Math.abs(offset) > 60,
        },
    {
      icon: 'log',
      label: 'Log',
      value: `${logStates[log.state]}${log.what}`,
      isWarning: log.state === 'unreadable',
    },
    { icon: 'terminal', label: 'Reached at', value: daemon.address },
    {
      icon: 'file',
      label: 'config.json',
      value: configStates[config.state],
      isWarning: config.state === 'malformed' || config.state === 'unreadable',
    },
  ];
  return facts.filter((fact) => fact !== null);
}
