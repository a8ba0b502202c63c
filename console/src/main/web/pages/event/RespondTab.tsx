// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call, path } from '../../api/client';
import { EXECUTIONS, OFFERS, type Execution, type Offer } from '../../api/responses';
import type { SecureEvent } from '../../api/events';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Machine } from '../../parts/Machine';
import { Sheet } from '../../parts/Sheet';
import { Empty, Failure, Loading } from '../../parts/States';
import { tellError } from '../../parts/Toast';
import { ended, useExecutionsChanged } from '../../responses/executions';
import { TakeBack } from '../../responses/TakeBack';
import { responsesWords } from '../../responses/words';
import { useMe } from '../../shell/me';
import { Earlier } from './RespondEarlier';
import { Told } from './RespondTold';
import { respondWords } from './respond-words';

/** What can be done to what the event tells of: each first checked, then armed. */
export function RespondTab({ event }: { event: SecureEvent }) {
  const t = useWords(respondWords);
  const r = useWords(responsesWords);
  const me = useMe();
  const [checked, setChecked] = useState<Offer>();
  const offers = useQuery({
    queryKey: ['respond', event.id],
    queryFn: () => call<{ data: Offer[] }>('GET', path(OFFERS, { eventId: event.id })),
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
                  <b>{r.action(offer.actionType)}</b>
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
                    aria-label={`${t.check} ${r.action(offer.actionType)}`}
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
  return call('POST', EXECUTIONS, {
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
    queryFn: () => call<Execution>('GET', `${EXECUTIONS}/${id}`),
    enabled: id !== '',
    refetchInterval: (query) => (ended(query.state.data) ? false : POLL_MS),
  });
}

function Arm({ offer, event, onClose }: { offer: Offer; event: SecureEvent; onClose: () => void }) {
  const t = useWords(respondWords);
  const r = useWords(responsesWords);
  const c = useWords(common);
  const changed = useExecutionsChanged();
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
      void changed();
    }, tellError);
  const close = () => {
    void changed();
    onClose();
  };
  return (
    <Sheet
      kind="dialog"
      title={r.action(offer.actionType)}
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
        {!doing && offer.isDestructive && !offer.isUndoable && <p>{t.noWayBack}</p>}
        {!doing && (
          <TextField
            label={t.reason}
            hint={t.reasonHint}
            value={reason}
            autoFocus
            onChange={(e) => setReason(e.target.value)}
          />
        )}
        {doing &&
          (ended(result) ? (
            <Told of={result} />
          ) : (
            <p role="status" className="row">
              <span className="grow">{t.doing}</span>
              {result?.isCancellable && <TakeBack of={result} />}
            </p>
          ))}
      </div>
    </Sheet>
  );
}
