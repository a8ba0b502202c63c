// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call } from '../../api/client';
import { DAY_MS, useTrial } from '../../api/trial';
import type { Policy } from '../../api/catalog';
import type { SecureEvent } from '../../api/events';
import { ExceptionFields } from '../../exceptions/ExceptionFields';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { SelectField } from '../../parts/Field';
import { Empty, Loading } from '../../parts/States';
import { tell, tellError } from '../../parts/Toast';
import { isShipped, usePolicies } from '../../rules/catalogue';
import { faults } from '../../rules/faults';
import { useMe } from '../../shell/me';
import { bodyOf, proposed, type Exception } from './exception';
import { tuneWords } from './tune-words';

const WEEK_MS = 7 * DAY_MS;

interface Preview {
  judged: number;
  exempt: number;
  unknown: number;
}

/** An exception made of the event: proposed, tried on the past, applied, taken back. */
export function TuneTab({ event }: { event: SecureEvent }) {
  const t = useWords(tuneWords);
  const me = useMe();
  const policies = usePolicies();
  if (!me.may('admin')) return <Empty title={t.adminOnly} />;
  if (policies.isPending) return <Loading rows={3} />;
  const covering = (policies.data ?? [])
    .filter((policy) => event.content.policies.some((one) => one.name === policy.name))
    .sort((a, b) => Number(isShipped(a)) - Number(isShipped(b)));
  if (covering.length === 0) return <Empty title={t.noneHere} />;
  return <Form event={event} policies={covering} />;
}

function Form({ event, policies }: { event: SecureEvent; policies: Policy[] }) {
  const t = useWords(tuneWords);
  const me = useMe();
  const queries = useQueryClient();
  const [name, setName] = useState(policies[0]?.name ?? '');
  const [exception, setException] = useState<Exception>(() => proposed(event, me.name, new Date()));
  const [note, setNote] = useState('');
  const [before, setBefore] = useState<Policy>();
  const trial = useTrial<Preview>(
    '/api/v1/what-if/exception',
    (e) => (e instanceof ApiError && e.status === 404 ? t.cannot : faults((e as Error).message)),
    WEEK_MS,
  );
  const policy = policies.find((one) => one.name === name);
  const set = (part: Partial<Exception>) => {
    setException({ ...exception, ...part });
    trial.forget();
  };
  const look = () =>
    trial.run(() => ({
      policy: name,
      exception: bodyOf({ ...exception, reason: exception.reason || '-' }),
    }));
  const { answer: preview } = trial;
  const wrong = note || trial.error;
  const put = async (next: Policy, exceptions: unknown) => {
    const kept = await call<Policy>('PUT', `/api/v2/policies/${next.id}`, { ...next, exceptions });
    await queries.invalidateQueries({ queryKey: ['policies'] });
    return kept;
  };
  const apply = async () => {
    if (!policy) return;
    setNote('');
    try {
      const there = Array.isArray(policy['exceptions']) ? policy['exceptions'] : [];
      await put(policy, [...there, bodyOf(exception)]);
      setBefore(policy);
      tell(t.applied);
    } catch (e) {
      setNote(faults((e as Error).message));
    }
  };
  const undo = async () => {
    if (!before) return;
    try {
      const now = await call<Policy>('GET', `/api/v2/policies/${before.id}`);
      await put(now, before['exceptions'] ?? []);
      setBefore(undefined);
      tell(t.undone);
    } catch (e) {
      tellError(e);
    }
  };
  return (
    <div className="stack tune">
      <p className="hint">{t.intro}</p>
      <SelectField
        label={t.policy}
        value={name}
        options={policies.map((one) => ({ value: one.name, label: one.name }))}
        onChange={(e) => setName(e.target.value)}
      />
      <ExceptionFields of={exception} onChange={set} />
      {preview && (
        <p role="status">
          <b>{t.says(preview.judged, preview.exempt)}</b>{' '}
          {preview.unknown > 0 && t.unknown(preview.unknown)}
        </p>
      )}
      {wrong && (
        <pre className="wrong machine" role="alert">
          {wrong}
        </pre>
      )}
      <div className="row">
        <Button busy={trial.busy} onClick={() => void look()}>
          {t.preview}
        </Button>
        {before ? (
          <Button icon="undo" onClick={() => void undo()}>
            {t.undo}
          </Button>
        ) : (
          <Button
            kind="primary"
            disabled={exception.reason.trim() === '' || exception.owner.trim() === ''}
            onClick={() => void apply()}
          >
            {t.apply}
          </Button>
        )}
      </div>
    </div>
  );
}
