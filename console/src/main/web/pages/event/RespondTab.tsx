// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call, path } from '../../api/client';
import type { SecureEvent } from '../../api/types';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Machine } from '../../parts/Machine';
import { Sheet } from '../../parts/Sheet';
import { Empty, Failure, Loading } from '../../parts/States';
import { tellError } from '../../parts/Toast';
import { useMe } from '../../shell/me';
import { BASE, ended, type Execution, type Offer } from './respond';
import { Earlier } from './RespondEarlier';
import { Told } from './RespondTold';
import { respondWords } from './respond-words';

/** What can be done to what the event tells of: each first checked, then armed. */
export function RespondTab({ event }: { event: SecureEvent }) {
  const t = useWords(respondWords);
  const me = useMe();
  const [checked, setChecked] = useState<Offer>();
  const offers = useQuery({
    queryKey: ['respond', event.id],
    queryFn: () => call<{ data: Offer[] }>('GET', path(`${BASE}/actions`, { eventId: event.id })),
    retry: false,
  });
  if (!me.may('analyst')) return <Empty title={t.adminOnly} />;
  if (offers.isPending) return <Loading rows={3} />;
  if (offers.error instanceof ApiError && offers.error.status === 404)
    return <Empty title={t.none} />;
  if (offers.isError) return <Failure error={offers.error} retry={() => void offers.refetch()} />;
  if (offers.data.data.length === 0) return <Empty title={t.noneHere} />;
  return (
    <div className="stack">
      <p className="hint">{t.intro}</p>
      <div className="list">
        <table>
          <tbody>
            {offers.data.data.map((offer) => (
              <tr key={offer.actionType}>
                <td>
                  <b>{t.action(offer.actionType)}</b>
                  <div className="dim">
                    {offer.parameters
                      .filter((one) => one.value)
                      .map((one) => (
                        <span key={one.name}>
                          {one.name} <Machine max={60}>{one.value}</Machine>{' '}
                        </span>
                      ))}
                  </div>
                </td>
                <td>
                  {!offer.available && (
                    <>
                      <span className="badge calm">{t.unavailable}</span>{' '}
                      <Machine>{offer.unavailableReason}</Machine>
                    </>
                  )}
                </td>
                <td className="number">
                  <Button
                    disabled={!offer.available}
                    aria-label={`${t.check} ${t.action(offer.actionType)}`}
                    onClick={() => setChecked(offer)}
                  >
                    {t.check}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Earlier event={event} />
      {checked && <Arm offer={checked} event={event} onClose={() => setChecked(undefined)} />}
    </div>
  );
}

function start(
  offer: Offer,
  event: SecureEvent,
  dryRun: boolean,
  reason: string,
): Promise<Execution> {
  return call('POST', `${BASE}/action-executions`, {
    actionType: offer.actionType,
    callerId: 'console',
    parameters: Object.fromEntries(
      offer.parameters.filter((one) => one.value !== undefined).map((one) => [one.name, one.value]),
    ),
    dryRun,
    reason,
    eventId: event.id,
  });
}

const POLL_MS = 700;

/** Follows an execution until it has ended. */
function useExecution(id: string) {
  return useQuery({
    queryKey: ['execution', id],
    queryFn: () => call<Execution>('GET', `${BASE}/action-executions/${id}`),
    enabled: id !== '',
    refetchInterval: (query) => (ended(query.state.data) ? false : POLL_MS),
  });
}

function Arm({ offer, event, onClose }: { offer: Offer; event: SecureEvent; onClose: () => void }) {
  const t = useWords(respondWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [doing, setDoing] = useState('');
  const check = useQuery({
    queryKey: ['check', event.id, offer.actionType],
    queryFn: () => start(offer, event, true, ''),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  const answer = useExecution(check.data?.id ?? '').data;
  const result = useExecution(doing).data;
  const refused = answer?.outcome === 'refused' || answer?.status === 'FAILED';
  const act = () =>
    start(offer, event, false, reason).then((execution) => {
      setDoing(execution.id);
      void queries.invalidateQueries({ queryKey: ['executions', event.id] });
    }, tellError);
  const close = () => {
    void queries.invalidateQueries({ queryKey: ['executions', event.id] });
    onClose();
  };
  return (
    <Sheet
      kind="dialog"
      title={t.action(offer.actionType)}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{doing ? c.close : c.cancel}</Button>
          {!doing && (
            <Button
              kind="danger"
              disabled={!ended(answer) || refused || reason.trim() === ''}
              onClick={() => void act()}
            >
              {t.arm}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        {check.isError ? (
          <Failure error={check.error} />
        ) : !ended(answer) ? (
          <p role="status">{t.checking}</p>
        ) : (
          <Told of={answer} />
        )}
        {!doing && (
          <TextField
            label={t.reason}
            hint={t.reasonHint}
            value={reason}
            autoFocus
            onChange={(e) => setReason(e.target.value)}
          />
        )}
        {doing && (ended(result) ? <Told of={result} /> : <p role="status">{t.doing}</p>)}
      </div>
    </Sheet>
  );
}
