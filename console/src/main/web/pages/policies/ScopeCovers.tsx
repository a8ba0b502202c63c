// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../api/client';
import type { ScopePlace, ScopePreview } from '../../api/drafts';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { scopeWords } from './scope-words';

const PAUSE_MS = 250;
const AGAIN_MS = 10_000;
const SHOWN = 50;

/** What a scope covers of what runs now; asked anew whenever its writer pauses. */
export function ScopeCovers({ scope }: { scope: string }) {
  const t = useWords(scopeWords);
  const asked = useSettled(scope.trim());
  const preview = useQuery({
    queryKey: ['scope', asked],
    queryFn: ({ signal }) =>
      call<ScopePreview>('POST', '/api/v1/what-if/scope', { scope: asked }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
    retry: false,
  });
  if (preview.error) {
    return (
      <div className="covers" role="status">
        <p className="wrong">{preview.error.message}</p>
      </div>
    );
  }
  const now = preview.data;
  if (!now) {
    return (
      <div className="covers" role="status">
        <p className="dim">{t.asking}</p>
      </div>
    );
  }
  return (
    <div className="covers" role="status" aria-live="polite">
      <p>
        <strong>{t.covers(now.containers, now.containersTotal)}</strong>
        {now.pods > 0 && <> · {t.pods(now.pods)}</>}
        {now.hosts > 0 && <> · {t.hosts(now.hosts, now.hostsTotal)}</>}
      </p>
      {now.places.length === 0 && <p className="hint">{t.nothing}</p>}
      {now.unknown > 0 && <p className="hint">{t.unknown(now.unknown)}</p>}
      {now.silent > 0 && <p className="hint">{t.silent(now.silent)}</p>}
      {now.places.length > 0 && (
        <details>
          <summary>{t.show}</summary>
          <Places places={now.places} total={now.hosts + now.containers + now.unknown} />
        </details>
      )}
    </div>
  );
}

function Places({ places, total }: { places: ScopePlace[]; total: number }) {
  const t = useWords(scopeWords);
  const shown = places.slice(0, SHOWN);
  return (
    <div className="list">
      <table>
        <thead>
          <tr>
            <th>{t.where}</th>
            <th>{t.image}</th>
            <th>{t.pod}</th>
            <th>{t.agent}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((place) => (
            <tr key={`${place.agentId} ${place.containerId}`}>
              <td>
                {place.containerId === '' ? (
                  t.host
                ) : (
                  <Machine max={60}>{place.name || place.containerId}</Machine>
                )}
                {place.covered === 'unknown' && <span className="dim"> {t.pending}</span>}
              </td>
              <td>
                <Machine max={60}>{place.image}</Machine>
              </td>
              <td>
                {place.pod !== '' && (
                  <Machine max={60}>{`${place.namespace}/${place.pod}`}</Machine>
                )}
              </td>
              <td>
                <Link href={`/agents/${place.agentId}`}>
                  <Machine max={40}>{place.hostName}</Machine>
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > shown.length && <p className="hint more">{t.more(total - shown.length)}</p>}
    </div>
  );
}

/** A text as it was when it last rested. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
