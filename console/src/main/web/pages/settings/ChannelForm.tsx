// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { call } from '../../api/client';
import type { Channel, ChannelType } from '../../api/settings';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { SelectField, TextField } from '../../parts/Field';
import { useSaving } from '../../parts/saving';
import { Sheet } from '../../parts/Sheet';
import { body, draft, TYPES, type Draft } from './channel';
import { settingsWords } from './words';

const BASE = '/api/notificationChannels';

interface Props {
  channel: Channel | undefined;
  onClose: () => void;
  onSaved: () => unknown;
}

export function ChannelForm({ channel, onClose, onSaved }: Props) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const [of, setOf] = useState(() => draft(channel));
  const change = (key: keyof Draft) => ({
    value: of[key],
    onChange: (e: { target: { value: string } }) => setOf({ ...of, [key]: e.target.value }),
  });
  const { error, busy, submit } = useSaving(
    () =>
      call(channel ? 'PUT' : 'POST', channel ? `${BASE}/${channel.id}` : BASE, body(of, channel)),
    () => {
      onSaved();
      onClose();
    },
  );
  const mail = of.type === 'EMAIL';
  const kept = Boolean((channel?.options['smtp'] as { passwordSet?: boolean })?.passwordSet);
  return (
    <Sheet
      title={channel ? t.edit : t.newChannel}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="channel" busy={busy}>
            {c.save}
          </Button>
        </>
      }
    >
      <form id="channel" className="stack" onSubmit={submit}>
        <TextField label={c.name} required autoComplete="off" {...change('name')} />
        <SelectField
          label={t.type}
          value={of.type}
          options={TYPES.map(({ type, label }) => ({ value: type, label }))}
          onChange={(e) => setOf({ ...of, type: e.target.value as ChannelType })}
        />
        {of.type === 'PAGER_DUTY' && (
          <TextField label={t.serviceKey} required autoComplete="off" {...change('serviceKey')} />
        )}
        {!mail && (
          <TextField
            label={t.url}
            type="url"
            required={of.type !== 'PAGER_DUTY'}
            {...change('url')}
          />
        )}
        {mail && (
          <>
            <TextField label={t.to} required {...change('to')} />
            <TextField label={t.smtpHost} {...change('smtpHost')} />
            <TextField label={t.smtpPort} type="number" min={1} {...change('smtpPort')} />
            <TextField label={t.from} {...change('from')} />
            <TextField label={t.smtpUser} autoComplete="off" {...change('smtpUser')} />
            <TextField
              label={t.smtpPassword}
              type="password"
              autoComplete="new-password"
              hint={kept ? t.smtpKept : undefined}
              {...change('smtpPassword')}
            />
          </>
        )}
        <TextField
          label={t.everySeconds}
          hint={t.noLimit}
          type="number"
          min={0}
          {...change('everySeconds')}
        />
        <TextField
          label={t.maxPerHour}
          hint={t.noLimit}
          type="number"
          min={0}
          {...change('maxPerHour')}
        />
        {error && (
          <div className="wrong" role="alert">
            {error}
          </div>
        )}
      </form>
    </Sheet>
  );
}
