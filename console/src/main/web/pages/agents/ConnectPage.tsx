// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './agents.css';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { EventPage } from '../../api/events';
import { SentenceText } from '../../events/SentenceText';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Copyable } from '../../parts/Copyable';
import { Icon } from '../../parts/Icon';
import { ns } from '../../parts/time';
import { tellError } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { useAgents } from './agents';
import { ATTACK, start } from './commands';
import { agentsWords } from './words';

const EVERY_MS = 2000;

/** From nothing to the first alert; each step is ticked off when the collector has seen it. */
export function ConnectPage() {
  const t = useWords(agentsWords);
  const me = useMe();
  const [key, setKey] = useState('');
  const [openedMs] = useState(Date.now);
  const agents = useAgents(EVERY_MS);
  const agent = agents.data?.find((one) => one.status === 'connected');
  const events = useQuery({
    queryKey: ['first-event', openedMs],
    queryFn: () =>
      call<EventPage>(
        'GET',
        path('/secure/events/v1/events', { from: ns(openedMs), limit: 1, to: ns(Date.now()) }),
      ),
    enabled: agent !== undefined,
    refetchInterval: EVERY_MS,
  });
  const event = events.data?.data[0];
  const make = () =>
    call<{ token: string }>('POST', '/api/v1/access-keys', {
      name: t.keyName,
      purpose: 'enrol',
    }).then((made) => setKey(made.token), tellError);
  return (
    <div className="page narrow agents">
      <header className="page-head">
        <div className="grow">
          <h1>{t.guideTitle}</h1>
          <p>{t.guideIntro}</p>
        </div>
      </header>
      <ol className="guide">
        <Step title={t.makeKey} reached={key !== '' || agent !== undefined}>
          {key ? (
            <>
              <p>{t.keyMade}</p>
              <Copyable text={key} />
            </>
          ) : (
            <>
              <p className="dim">{me.may('admin') ? t.makeKeyText : t.needAdmin}</p>
              <div>
                <Button disabled={!me.may('admin')} onClick={() => void make()}>
                  {t.makeKey}
                </Button>
              </div>
            </>
          )}
        </Step>
        <Step title={t.start} reached={agent !== undefined}>
          <p className="dim">{t.startText}</p>
          <Copyable lines text={start(window.location.origin, key)} />
          <p className="hint">{t.fingerprintHint}</p>
          {agent ? <There>{t.hasAgent(agent.hostname)}</There> : <Waiting>{t.waitAgent}</Waiting>}
        </Step>
        <Step title={t.attack} reached={event !== undefined}>
          <p className="dim">{t.attackText}</p>
          <Copyable lines text={ATTACK} />
          {event ? (
            <There>
              {t.hasEvent}{' '}
              <Link href={`/events/${event.id}`}>
                <SentenceText event={event} max={60} />
              </Link>
            </There>
          ) : (
            agent && <Waiting>{t.waitEvent}</Waiting>
          )}
        </Step>
        <Step title={t.done} reached={false}>
          <p className="dim">{t.doneText}</p>
          <div className="row">
            <Link className="button plain" href="/policies/new/falco">
              {t.toPolicy}
            </Link>
            <Link className="button quiet" href="/events">
              {t.toEvents}
            </Link>
          </div>
        </Step>
      </ol>
    </div>
  );
}

function Step(props: { title: string; reached: boolean; children: ReactNode }) {
  return (
    <li className={props.reached ? 'reached' : ''}>
      <h2>{props.title}</h2>
      {props.children}
    </li>
  );
}

function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="waiting" role="status">
      {children}
    </p>
  );
}

function There({ children }: { children: ReactNode }) {
  return (
    <p className="there" role="status">
      <Icon name="check" /> <span>{children}</span>
    </p>
  );
}
