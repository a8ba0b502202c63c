// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { call } from '../../api/client';
import type { Policy } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { level } from '../../parts/severity';
import { tell } from '../../parts/Toast';
import { changes, shippedOf, type Change, type Owned } from './changes';
import { useChannels } from './channels';
import { does } from './draft';
import { shippedWords } from './shipped-words';
import { policyWords } from './words';

interface Props {
  /** As it is kept, and as it stands in the form. */
  policy: Policy;
  here: Policy;
  mayChange: boolean;
}

/** What a policy that ships has other than as it ships, and the way back. */
export function Shipped({ policy, here, mayChange }: Props) {
  const t = useWords(shippedWords);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const all = changes(here, shippedOf(policy));
  const back = async () => {
    await call('DELETE', `/api/v2/policies/${policy.id}`);
    await queries.invalidateQueries({ queryKey: ['policies'] });
    tell(t.restored);
    go(`/policies/${policy.id}?saved=${Date.now()}`, { replace: true });
  };
  return (
    <section className="part stack" aria-labelledby="ships">
      <h2 id="ships">{t.title}</h2>
      <p>{t.hint}</p>
      {all.length === 0 ? (
        <p className="dim">{t.asShipped}</p>
      ) : (
        <div className="list ships">
          <table>
            <thead>
              <tr>
                <th>{t.differs}</th>
                <th>{t.ships}</th>
                <th>{t.here}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((change) => (
                <Row key={change.key === 'rule' ? `rule ${change.rule}` : change.key} of={change} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {policy.modified === true && mayChange && (
        <div>
          <Button icon="undo" onClick={() => setAsking(true)}>
            {t.back}
          </Button>
        </div>
      )}
      {asking && (
        <Confirm title={t.backSure} act={t.back} onAct={back} onClose={() => setAsking(false)}>
          <p>{t.backHint}</p>
        </Confirm>
      )}
    </section>
  );
}

function Row({ of }: { of: Change }) {
  const t = useWords(shippedWords);
  if (of.key === 'rule') {
    return (
      <tr>
        <td>
          {t.rule} <Name>{of.rule}</Name>
        </td>
        <td>{of.enabled ? t.off : t.on}</td>
        <td>{of.enabled ? t.on : t.off}</td>
      </tr>
    );
  }
  return (
    <tr>
      <td>{t[of.key]}</td>
      <td>
        <Setting name={of.key} of={of.ships} />
      </td>
      <td>
        <Setting name={of.key} of={of.here} />
      </td>
    </tr>
  );
}

function Setting({ name, of }: { name: Owned; of: Policy }) {
  const t = useWords(shippedWords);
  const p = useWords(policyWords);
  const c = useWords(common);
  const channels = useChannels().data ?? [];
  switch (name) {
    case 'severity':
      return (
        <>
          {c[level(of.severity)]} <span className="dim">({of.severity})</span>
        </>
      );
    case 'mode':
      return <>{of.mode === 'monitor' ? c.monitor : c.enforce}</>;
    case 'enabled':
      return <>{of.enabled ? t.on : t.off}</>;
    case 'scope':
      return of.scope ? <Machine max={200}>{of.scope}</Machine> : <>{t.everywhere}</>;
    case 'actions': {
      const asked = does(of);
      return <>{asked.length === 0 ? p.detect : asked.map((one) => p[one]).join(', ')}</>;
    }
    case 'exceptions':
      return <List names={(of.exceptions ?? []).map((one) => one.name)} />;
    case 'notificationChannelIds':
      return (
        <List
          names={of.notificationChannelIds.map(
            (id) => channels.find((one) => one.id === id)?.name ?? String(id),
          )}
        />
      );
    case 'runbook':
      return <List names={of.runbook ? [of.runbook] : []} />;
    case 'limits':
      return <Machine max={200}>{of['limits'] ?? {}}</Machine>;
  }
}

function List({ names }: { names: string[] }) {
  const t = useWords(shippedWords);
  if (names.length === 0) return <>{t.none}</>;
  return (
    <>
      {names.map((name) => (
        <div key={name}>
          <Name>{name}</Name>
        </div>
      ))}
    </>
  );
}
