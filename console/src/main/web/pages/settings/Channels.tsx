// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client';
import type { Channel } from '../../api/settings';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { Machine } from '../../parts/Machine';
import { Time } from '../../parts/Time';
import { TYPES } from './channel';
import { ChannelForm } from './ChannelForm';
import { Listing } from './Listing';
import { useTest } from './testing';
import { settingsWords } from './words';

const BASE = '/api/notificationChannels';

export function Channels() {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const channels = useQuery({
    queryKey: ['channels', 'list'],
    queryFn: () =>
      call<{ notificationChannels: Channel[] }>('GET', BASE).then(
        (answer) => answer.notificationChannels,
      ),
    refetchInterval: 10_000,
  });
  const [form, setForm] = useState<Channel | 'new'>();
  const [removing, setRemoving] = useState<Channel>();
  const changed = () => queries.invalidateQueries({ queryKey: ['channels'] });
  const { testing, test } = useTest(BASE, t.tested, changed);
  return (
    <>
      <Listing
        intro={t.channelsIntro}
        add={{ label: t.newChannel, act: () => setForm('new') }}
        query={channels}
        heads={[c.name, t.type, t.lastDelivery]}
        empty={t.noChannels}
        emptyHint={t.noChannelsHint}
        row={(channel) => (
          <tr key={channel.id}>
            <td>
              <button type="button" className="link" onClick={() => setForm(channel)}>
                {channel.name}
              </button>
              <div>
                <Machine max={60} className="dim">
                  {String(channel.options['url'] ?? channel.options['emailRecipients'] ?? '')}
                </Machine>
              </div>
            </td>
            <td>{TYPES.find(({ type }) => type === channel.type)?.label ?? channel.type}</td>
            <td>
              <Delivery of={channel} />
            </td>
            <td className="actions">
              <Button busy={testing === channel.id} onClick={() => test(channel.id)}>
                {t.test}
              </Button>{' '}
              <Button
                kind="quiet"
                icon="trash"
                label={`${c.remove}: ${channel.name}`}
                onClick={() => setRemoving(channel)}
              />
            </td>
          </tr>
        )}
      />
      {form && (
        <ChannelForm
          channel={form === 'new' ? undefined : form}
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
          {t.removeChannelHint}
        </Confirm>
      )}
    </>
  );
}

/** How it goes: what went wrong last is what matters. */
function Delivery({ of }: { of: Channel }) {
  const t = useWords(settingsWords);
  const { delivery } = of;
  return (
    <>
      {delivery && delivery.delivered + delivery.waiting + delivery.lost > 0 && (
        <div>
          <Time at={delivery.deliveredOn} relative />{' '}
          <span className="dim">
            {[
              t.delivered(delivery.delivered),
              ...(delivery.waiting > 0 ? [t.waiting(delivery.waiting)] : []),
              ...(delivery.lost > 0 ? [t.lost(delivery.lost)] : []),
            ].join(' · ')}
          </span>
        </div>
      )}
      {of.lastError && (
        <div className="wrong">
          <Machine max={200}>{of.lastError}</Machine>
        </div>
      )}
    </>
  );
}
