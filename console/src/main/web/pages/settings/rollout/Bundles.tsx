// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../api/client';
import type { BundleEntry, RolloutState } from '../../../api/settings';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { Confirm } from '../../../parts/Confirm';
import { Machine } from '../../../parts/Machine';
import { Empty, Failure, Loading } from '../../../parts/States';
import { Time } from '../../../parts/Time';
import { rolloutWords } from './words';

const SHOWN = 20;

/** What was ever to be enforced, the newest first: each can be put in force again. */
export function Bundles({
  of,
  onChanged,
}: {
  of: RolloutState;
  onChanged: () => Promise<unknown>;
}) {
  const t = useWords(rolloutWords);
  const [pinning, setPinning] = useState<BundleEntry>();
  const [all, setAll] = useState(false);
  const bundles = useQuery({
    queryKey: ['bundles'],
    queryFn: () => call<BundleEntry[]>('GET', '/api/v1/bundles'),
    refetchInterval: 10_000,
  });
  return (
    <section className="part">
      <h2>{t.bundles}</h2>
      <p className="dim">{t.bundlesHint}</p>
      {bundles.isPending ? (
        <Loading rows={3} />
      ) : bundles.isError ? (
        <Failure error={bundles.error} retry={() => void bundles.refetch()} />
      ) : bundles.data.length === 0 ? (
        <Empty title={t.noBundles} />
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                <th className="number">{t.number}</th>
                <th>{t.made}</th>
                <th>{t.version}</th>
                <th className="number">{t.agents}</th>
                <th>
                  <span className="unseen">{t.pin}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {bundles.data.slice(0, all ? undefined : SHOWN).map((bundle) => (
                <tr key={bundle.number}>
                  <td className="number">{bundle.number}</td>
                  <td>
                    <Time at={bundle.createdOn} />
                  </td>
                  <td>
                    <Machine max={16}>{bundle.version}</Machine> <Part of={of} bundle={bundle} />
                  </td>
                  <td className="number">{bundle.agents}</td>
                  <td className="actions">
                    {bundle.number !== of.pinned && (
                      <Button onClick={() => setPinning(bundle)}>{t.pin}</Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!all && (bundles.data?.length ?? 0) > SHOWN && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t.showAll(bundles.data?.length ?? 0)}
        </Button>
      )}
      {pinning && (
        <Confirm
          title={t.pinSure(pinning.number)}
          act={t.pin}
          onClose={() => setPinning(undefined)}
          onAct={() =>
            call('PUT', '/api/v1/rollout/pin', { bundle: pinning.number }).then(onChanged)
          }
        >
          <p>{t.pinHint}</p>
        </Confirm>
      )}
    </section>
  );
}

/** What a bundle is to the roll-out. */
function Part({ of, bundle }: { of: RolloutState; bundle: BundleEntry }) {
  const t = useWords(rolloutWords);
  if (bundle.number === of.pinned) return <span className="badge bad">{t.isPinned}</span>;
  if (bundle.number === of.candidate) return <span className="badge calm">{t.isCandidate}</span>;
  return bundle.number === of.stable ? <span className="badge good">{t.isStable}</span> : null;
}
