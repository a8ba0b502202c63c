// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, path } from '../../api/client';
import type { AuditEntry } from '../../api/access';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Machine } from '../../parts/Machine';
import { Empty, Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { activityWords } from './words';

const STEP = 200;
const MOST = 10_000;
const REFUSED_FROM = 400;

export function Audit() {
  const t = useWords(activityWords);
  const c = useWords(common);
  const [limit, setLimit] = useState(STEP);
  const [find, setFind] = useState('');
  const audit = useQuery({
    queryKey: ['audit', limit],
    queryFn: () => call<AuditEntry[]>('GET', path('/api/v1/audit', { limit })),
    placeholderData: keepPreviousData,
  });
  if (audit.isPending) return <Loading />;
  if (audit.isError) return <Failure error={audit.error} retry={() => void audit.refetch()} />;
  if (audit.data.length === 0) return <Empty title={t.noAudit} />;
  const shown = audit.data.filter((entry) =>
    `${entry.account} ${entry.method} ${entry.path} ${entry.detail} ${entry.address}`
      .toLowerCase()
      .includes(find.toLowerCase()),
  );
  return (
    <>
      <p className="dim intro">{t.auditIntro}</p>
      <input
        type="search"
        className="find"
        aria-label={t.find}
        placeholder={t.find}
        value={find}
        onChange={(e) => setFind(e.target.value)}
      />
      {shown.length === 0 ? (
        <Empty title={t.noneFound} />
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                <th>{c.time}</th>
                <th>{t.account}</th>
                <th>{t.change}</th>
                <th>{t.result}</th>
                <th>{t.from}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((entry, at) => (
                <tr key={`${entry.at}-${at}`}>
                  <td className="when">
                    <Time at={entry.at} />
                  </td>
                  <td className="when">
                    <Machine max={40}>{entry.account}</Machine>
                  </td>
                  <td>
                    <Machine max={120}>{`${entry.method} ${entry.path}`}</Machine>
                    {entry.detail && (
                      <div>
                        <Machine max={240} className="dim">
                          {entry.detail}
                        </Machine>
                      </div>
                    )}
                  </td>
                  <td className="when">
                    {entry.status >= REFUSED_FROM ? (
                      <span className="badge bad">
                        {t.refused} ({entry.status})
                      </span>
                    ) : (
                      <span className="badge good">{t.done}</span>
                    )}
                  </td>
                  <td className="when">
                    <Machine max={45} className="dim">
                      {entry.address}
                    </Machine>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {audit.data.length >= limit && limit < MOST && (
        <div className="more">
          <Button busy={audit.isFetching} onClick={() => setLimit(Math.min(MOST, limit * 4))}>
            {t.showMore}
          </Button>
        </div>
      )}
    </>
  );
}
