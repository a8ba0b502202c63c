// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import type { SecureEvent } from '../../api/events';
import { OutcomeBadges, StatusBadge } from '../../events/Badges';
import { askable } from '../../events/filter';
import { SentenceText } from '../../events/SentenceText';
import { Value } from '../../events/Value';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { Severity } from '../../parts/Severity';
import { Time } from '../../parts/Time';
import { ms } from '../../parts/time';
import { useMe } from '../../shell/me';
import { eventsWords } from './words';

interface Props {
  event: SecureEvent;
  onClose: () => void;
  onFilter: (clause: string) => void;
  onAcknowledge: () => void;
}

const LABELS = [
  'container.name',
  'container.image.repo',
  'container.image.tag',
  'kubernetes.namespace.name',
  'kubernetes.pod.name',
  'host.hostName',
] as const;

/** An event beside the list: enough to decide whether to open it. */
export function Panel({ event, onClose, onFilter, onAcknowledge }: Props) {
  const t = useWords(eventsWords);
  const c = useWords(common);
  const me = useMe();
  const fields = Object.entries(event.content.fields).filter(
    ([name, value]) => value !== null && name !== 'evt.time',
  );
  const open = (event.state?.status ?? 'open') === 'open';
  return (
    <aside className="panel" aria-label={t.panel}>
      <header className="row wrap">
        <Severity severity={event.severity} />
        <OutcomeBadges event={event} />
        <StatusBadge event={event} />
        <span className="grow" />
        <Button kind="quiet" icon="close" label={c.close} onClick={onClose} />
      </header>
      <h2>
        <Name>{event.content.ruleName}</Name>
      </h2>
      <p className="panel-sentence">
        <SentenceText event={event} max={300} />
      </p>
      <p className="dim">
        <Time at={ms(event.timestamp)} /> · <Time at={ms(event.timestamp)} relative />
      </p>
      <div className="row wrap">
        <Link href={`/events/${event.id}`} className="button primary">
          {t.open}
        </Link>
        {event.state && me.may('analyst') && (
          <Button icon="check" onClick={onAcknowledge}>
            {open ? t.acknowledge : t.reopen}
          </Button>
        )}
      </div>
      <section>
        <h3>{t.lineage}</h3>
        <ol className="lineage">
          {[...event.content.lineage].reverse().map((task, at, all) => (
            <li key={at} className={at === all.length - 1 ? 'self' : ''}>
              <Machine max={24}>{task.name ?? ''}</Machine>
              <span className="dim machine"> {task.pid}</span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{t.details}</h3>
        <dl className="facts">
          <dt>{c.policy}</dt>
          <dd>
            <Value attribute="name" value={event.name} onFilter={onFilter} />
          </dd>
          {LABELS.map((label) => {
            const value = event.labels[label];
            return value === undefined ? null : (
              <Fact key={label} name={label} value={value} onFilter={onFilter} />
            );
          })}
          {fields
            .filter(([name]) => !name.startsWith('container.') && !name.startsWith('k8s.'))
            .map(([name, value]) => (
              <Fact key={name} name={name} value={String(value)} onFilter={onFilter} />
            ))}
        </dl>
      </section>
    </aside>
  );
}

function Fact({
  name,
  value,
  onFilter,
}: {
  name: string;
  value: string;
  onFilter: Props['onFilter'];
}) {
  const known = (LABELS as readonly string[]).includes(name) || askable(name);
  return (
    <>
      <dt className="machine">{name}</dt>
      <dd>
        {known ? (
          <Value attribute={name} value={value} onFilter={onFilter} />
        ) : (
          <Machine max={200}>{value}</Machine>
        )}
      </dd>
    </>
  );
}
