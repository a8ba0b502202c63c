// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../api/client';
import type { Forwarder } from '../../../api/settings';
import { common } from '../../../i18n/common';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Confirm } from '../../../parts/Confirm';
import { Machine } from '../../../parts/Machine';
import { span } from '../../../parts/time';
import { Time } from '../../../parts/Time';
import { tellError } from '../../../parts/Toast';
import { Toggle } from '../../../parts/Toggle';
import { Listing } from '../Listing';
import { body, draft, target, TYPES } from './forwarder';
import { ForwarderForm } from './ForwarderForm';
import { useTest } from '../testing';
import { forwardWords } from './words';

const BASE = '/api/v1/forwarders';
const EVERY_MS = 5000;

/** Where events go on to, and how far each has taken them. */
export function Forwarders() {
  const t = useWords(forwardWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const forwarders = useQuery({
    queryKey: ['forwarders'],
    queryFn: () => call<Forwarder[]>('GET', BASE),
    refetchInterval: EVERY_MS,
  });
  const [form, setForm] = useState<Forwarder | 'new'>();
  const [removing, setRemoving] = useState<Forwarder>();
  const changed = () => queries.invalidateQueries({ queryKey: ['forwarders'] });
  const { testing, test } = useTest(BASE, t.tested, changed);
  const enable = (of: Forwarder, enabled: boolean) =>
    call('PUT', `${BASE}/${of.id}`, body({ ...draft(of), enabled }, of)).then(changed, tellError);
  return (
    <>
      <Listing
        intro={t.intro}
        add={{ label: t.add, act: () => setForm('new') }}
        query={forwarders}
        heads={[c.name, t.type, t.state, c.enabled]}
        empty={t.none}
        emptyHint={t.noneHint}
        row={(one) => (
          <tr key={one.id}>
            <td>
              <button type="button" className="link" onClick={() => setForm(one)}>
                {one.name}
              </button>
              <div>
                <Machine max={60} className="dim">
                  {target(one)}
                </Machine>
              </div>
              {one.filter && (
                <div>
                  <Machine max={80} className="dim">
                    {one.filter}
                  </Machine>
                </div>
              )}
            </td>
            <td>{TYPES.find(({ type }) => type === one.type)?.label ?? one.type}</td>
            <td>
              <Delivery of={one} />
            </td>
            <td>
              <Toggle on={one.enabled} unseen onChange={(on) => void enable(one, on)}>
                {`${c.enabled}: ${one.name}`}
              </Toggle>
            </td>
            <td className="actions">
              <Button busy={testing === one.id} onClick={() => test(one.id)}>
                {t.test}
              </Button>{' '}
              <Button
                kind="quiet"
                icon="trash"
                label={`${c.remove}: ${one.name}`}
                onClick={() => setRemoving(one)}
              />
            </td>
          </tr>
        )}
      />
      {form && (
        <ForwarderForm
          forwarder={form === 'new' ? undefined : form}
          onClose={() => setForm(undefined)}
          onSaved={changed}
        />
      )}
      {removing && (
        <Confirm
          title={t.removeSure(removing.name)}
          act={c.remove}
          onClose={() => setRemoving(undefined)}
          onAct={() => call('DELETE', `${BASE}/${removing.id}`).then(changed)}
        >
          {t.removeHint}
        </Confirm>
      )}
    </>
  );
}

function Delivery({ of }: { of: Forwarder }) {
  const t = useWords(forwardWords);
  const { delivery } = of;
  if (!delivery) return null;
  const counts = [
    t.delivered(delivery.delivered.toLocaleString()),
    ...(delivery.waiting > 0 ? [t.waiting(delivery.waiting.toLocaleString())] : []),
    ...(delivery.behindSeconds > 60 ? [t.behind(span(delivery.behindSeconds * 1000))] : []),
    ...(delivery.refused > 0 ? [t.refused(delivery.refused.toLocaleString())] : []),
  ];
  return (
    <>
      {delivery.deliveredOn > 0 && <Time at={delivery.deliveredOn} relative />}{' '}
      <span className="dim">{counts.join(' · ')}</span>
      {delivery.lost > 0 && <div className="wrong">{t.lost(delivery.lost.toLocaleString())}</div>}
      {delivery.lastError && (
        <div className="wrong">
          <Machine max={200}>{delivery.lastError}</Machine>
        </div>
      )}
    </>
  );
}
