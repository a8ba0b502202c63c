// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call, path } from '../../api/client';
import type { EventPage, SecureEvent } from '../../api/events';
import { is, joined } from '../../events/filter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { SelectField, TextArea, TextField } from '../../parts/Field';
import { Sheet } from '../../parts/Sheet';
import { ns } from '../../parts/time';
import { tell } from '../../parts/Toast';
import { eventWords } from './words';

const HOURS = [1, 8, 24, 168, 720];
const WEEK_MS = 604_800_000;

/** Hides what is like this event for a while, after saying how much that would have been. */
export function MuteDialog({ event, onClose }: { event: SecureEvent; onClose: () => void }) {
  const t = useWords(eventWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const where = event.labels['container.image.repo']
    ? is('container.image.repo', event.labels['container.image.repo'])
    : is('host.hostName', event.labels['host.hostName'] ?? '');
  const process = event.content.fields['proc.name'];
  const [filter, setFilter] = useState(
    joined([
      is('ruleName', event.content.ruleName),
      where,
      ...(typeof process === 'string' ? [is('process.name', process)] : []),
    ]),
  );
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState('24');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [openedMs] = useState(Date.now);
  const preview = useQuery({
    queryKey: ['mute preview', filter, openedMs],
    queryFn: () =>
      call<EventPage>(
        'GET',
        path('/secure/events/v1/events', { filter, limit: 1, from: ns(openedMs - WEEK_MS) }),
      ),
    retry: false,
  });
  const mute = async () => {
    setBusy(true);
    try {
      await call('POST', '/api/v1/mutes', {
        filter,
        reason,
        expiresOn: Date.now() + Number(hours) * 3_600_000,
      });
      void queries.invalidateQueries({ queryKey: ['mutes'] });
      tell(t.muted);
      onClose();
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
      setBusy(false);
    }
  };
  const wrong = preview.error instanceof ApiError ? preview.error.message : undefined;
  return (
    <Sheet
      kind="dialog"
      title={t.muteTitle}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button
            kind="primary"
            busy={busy}
            disabled={reason.trim() === '' || Boolean(wrong)}
            onClick={() => void mute()}
          >
            {t.muteDo}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="hint">{t.muteHint}</p>
        <TextArea
          label={t.muteFilter}
          className="machine"
          value={filter}
          error={wrong}
          hint={preview.data ? t.mutePreview(preview.data.page.total.toLocaleString()) : undefined}
          onChange={(e) => setFilter(e.target.value)}
        />
        <TextField
          label={t.muteReason}
          value={reason}
          error={error}
          autoFocus
          onChange={(e) => setReason(e.target.value)}
        />
        <SelectField
          label={t.muteUntil}
          value={hours}
          onChange={(e) => setHours(e.target.value)}
          options={HOURS.map((n) => ({ value: String(n), label: t.hours(n) }))}
        />
      </div>
    </Sheet>
  );
}
