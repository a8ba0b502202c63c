// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../api/client';
import type { Retention } from '../../api/settings';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { bytes } from '../../parts/bytes';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { TextField } from '../../parts/Field';
import { Failure, Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { settingsWords } from './words';

const PATH = '/api/v1/retention';
const GIB = 2 ** 30;

/** How long events are kept, what they take now, and whether the disk can bear it. */
export function Keeping() {
  const retention = useQuery({
    queryKey: ['retention'],
    queryFn: () => call<Retention>('GET', PATH),
    refetchInterval: 30_000,
  });
  if (retention.isPending) return <Loading rows={3} />;
  if (retention.isError) {
    return <Failure error={retention.error} retry={() => void retention.refetch()} />;
  }
  return (
    <>
      <Used of={retention.data} />
      <Bounds key={`${retention.data.days} ${retention.data.maxBytes}`} of={retention.data} />
    </>
  );
}

function Used({ of }: { of: Retention }) {
  const t = useWords(settingsWords);
  const share = Math.min(1, of.usedBytes / of.maxBytes);
  const room = of.maxBytes - of.usedBytes;
  return (
    <section className="keeping">
      <p className="dim">{t.keepingIntro}</p>
      <dl className="agent-facts">
        <dt>{t.usedNow}</dt>
        <dd>
          {t.usedOf(bytes(of.usedBytes), bytes(of.maxBytes), of.usedDays)}
          <div
            className="meter"
            role="meter"
            aria-label={t.usedNow}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
          >
            <span style={{ width: `${share * 100}%` }} />
          </div>
        </dd>
        <dt>{t.trees}</dt>
        <dd>{bytes(of.treeBytes)}</dd>
        <dt>{t.diskFree}</dt>
        <dd>
          {bytes(of.freeBytes)}
          {of.freeBytes < room && <div className="wrong">{t.diskTooSmall(bytes(room))}</div>}
        </dd>
      </dl>
    </section>
  );
}

function Bounds({ of }: { of: Retention }) {
  const t = useWords(settingsWords);
  const c = useWords(common);
  const me = useMe();
  const queries = useQueryClient();
  const [days, setDays] = useState(String(of.days));
  const [gib, setGib] = useState(String(+(of.maxBytes / GIB).toFixed(2)));
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState('');
  const wanted = { days: Number(days), maxBytes: Math.round(Number(gib) * GIB) };
  const less = wanted.days < of.days || wanted.maxBytes < of.maxBytes;
  const changed = wanted.days !== of.days || gib !== String(+(of.maxBytes / GIB).toFixed(2));
  const put = () =>
    call<Retention>('PUT', PATH, wanted).then(
      (next) => {
        setError('');
        queries.setQueryData(['retention'], next);
        tell(t.keepingSaved);
      },
      (refused: Error) => setError(refused.message),
    );
  const save = (e: FormEvent) => {
    e.preventDefault();
    if (less) setAsking(true);
    else void put();
  };
  const reset = () =>
    call<Retention>('DELETE', PATH).then(
      (next) => queries.setQueryData(['retention'], next),
      (refused: Error) => setError(refused.message),
    );
  return (
    <form className="stack" onSubmit={save}>
      <TextField
        label={t.keepDays}
        type="number"
        min={1}
        max={3650}
        required
        disabled={!me.may('admin')}
        value={days}
        onChange={(e) => setDays(e.target.value)}
      />
      <TextField
        label={t.keepGib}
        hint={t.keepHint}
        type="number"
        min={0.0625}
        step="any"
        required
        disabled={!me.may('admin')}
        value={gib}
        error={error || undefined}
        onChange={(e) => setGib(e.target.value)}
      />
      {me.may('admin') && (
        <div className="row wrap">
          <Button kind="primary" type="submit" disabled={!changed}>
            {c.save}
          </Button>
          {of.changed && (
            <Button onClick={() => void reset()}>
              {t.keepAsStarted(of.startedDays, bytes(of.startedMaxBytes))}
            </Button>
          )}
        </div>
      )}
      {asking && (
        <Confirm title={t.keepLessSure} act={c.save} onClose={() => setAsking(false)} onAct={put}>
          <p>{t.keepLessHint}</p>
        </Confirm>
      )}
    </form>
  );
}
