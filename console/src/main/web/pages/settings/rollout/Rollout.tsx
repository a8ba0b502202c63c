// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../../api/client';
import type { RolloutState } from '../../../api/settings';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Confirm } from '../../../parts/Confirm';
import { TextField } from '../../../parts/Field';
import { Machine } from '../../../parts/Machine';
import { Failure, Loading } from '../../../parts/States';
import { Time } from '../../../parts/Time';
import { Bundles } from './Bundles';
import { PlanForm } from './PlanForm';
import { rolloutWords } from './words';

const BASE = '/api/v1/rollout';

/** How something new reaches agents: how far it is, the plan, and the bundles before. */
export function Rollout() {
  const t = useWords(rolloutWords);
  const queries = useQueryClient();
  const rollout = useQuery({
    queryKey: ['rollout'],
    queryFn: () => call<RolloutState>('GET', BASE),
    refetchInterval: 5000,
  });
  const changed = () =>
    Promise.all(
      ['rollout', 'bundles', 'agents'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
  if (rollout.isPending) return <Loading rows={4} />;
  if (rollout.isError) {
    return <Failure error={rollout.error} retry={() => void rollout.refetch()} />;
  }
  const of = rollout.data;
  return (
    <div className="rollout">
      <p className="dim">{t.intro}</p>
      <Progress of={of} onChanged={changed} />
      <PlanForm plan={of.plan} onSaved={changed} />
      <Bundles of={of} onChanged={changed} />
    </div>
  );
}

function Progress({ of, onChanged }: { of: RolloutState; onChanged: () => Promise<unknown> }) {
  const t = useWords(rolloutWords);
  const [asking, setAsking] = useState<'advance' | 'halt' | 'unpin'>();
  const [reason, setReason] = useState('');
  const moves = of.candidate > 0 && of.pinned === 0;
  return (
    <section className="part">
      <h2>{t.now}</h2>
      <p>
        {of.pinned > 0
          ? t.pinned(of.pinned)
          : moves
            ? t.moving(of.candidate, of.stage + 1, of.plan.stages?.length ?? 0)
            : t.settled(of.stable)}{' '}
        <span className="dim">{t.upToDate(of.upToDate, of.agents)}</span>
      </p>
      <div className="row wrap">
        {of.frozen && <span className="badge calm">{t.frozen}</span>}
        {of.halted && <span className="badge bad">{t.halted}</span>}
        {of.halted && <Machine max={300}>{of.halted}</Machine>}
        {moves && of.stageSince > 0 && (
          <span className="dim">
            {t.since} <Time at={of.stageSince} relative />
          </span>
        )}
      </div>
      {of.refusing.length > 0 && (
        <ul className="doctor-lines problem">
          {of.refusing.map((agent) => (
            <li key={agent.agentId}>
              <Link href={`/agents/${agent.agentId}`}>{agent.hostname}</Link>
              <Machine max={300}>{agent.why}</Machine>
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap rollout-acts">
        {moves && (
          <Button kind="primary" onClick={() => setAsking('advance')}>
            {t.advance}
          </Button>
        )}
        {moves && !of.halted && (
          <Button kind="danger" onClick={() => setAsking('halt')}>
            {t.halt}
          </Button>
        )}
        {of.pinned > 0 && <Button onClick={() => setAsking('unpin')}>{t.unpin}</Button>}
      </div>
      {asking === 'advance' && (
        <Confirm
          title={t.advanceSure}
          act={t.advance}
          onClose={() => setAsking(undefined)}
          onAct={() =>
            call('POST', `${BASE}/advance`, { despiteFreeze: of.frozen }).then(onChanged)
          }
        >
          <p>{of.frozen ? t.advanceFrozen : t.advanceHint}</p>
        </Confirm>
      )}
      {asking === 'halt' && (
        <Confirm
          title={t.haltSure}
          act={t.halt}
          onClose={() => setAsking(undefined)}
          onAct={() => call('POST', `${BASE}/halt`, { reason }).then(onChanged)}
        >
          <TextField
            label={t.reason}
            value={reason}
            autoFocus
            onChange={(e) => setReason(e.target.value)}
          />
        </Confirm>
      )}
      {asking === 'unpin' && (
        <Confirm
          title={t.unpinSure}
          act={t.unpin}
          onClose={() => setAsking(undefined)}
          onAct={() => call('DELETE', `${BASE}/pin`).then(onChanged)}
        >
          <p>{t.unpinHint}</p>
        </Confirm>
      )}
    </section>
  );
}
