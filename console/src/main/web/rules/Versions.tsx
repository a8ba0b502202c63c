// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call, path } from '../api/client';
import { useWords } from '../i18n/language';
import { Button } from '../parts/Button';
import { plain } from '../parts/safe-text';
import { Time } from '../parts/Time';
import { tell, tellError } from '../parts/Toast';
import { useMe } from '../shell/me';
import { versionWords } from './version-words';

interface Version {
  version: number;
  author: string;
  at: number;
  name: string;
}

interface Props {
  kind: 'policy' | 'rule' | 'list' | 'macro';
  id: number;
  current: number;
}

/** Who changed it when, what changed, and the way back. */
export function Versions({ kind, id, current }: Props) {
  const t = useWords(versionWords);
  const me = useMe();
  const queries = useQueryClient();
  const [open, setOpen] = useState(0);
  const versions = useQuery({
    queryKey: ['history', kind, id, current],
    queryFn: () => call<Version[]>('GET', `/api/v1/history/${kind}/${id}`),
    retry: false,
  });
  const missing = versions.error instanceof ApiError && versions.error.status === 404;
  const rollback = (version: number) =>
    call('POST', `/api/v1/history/${kind}/${id}/rollback`, { version }).then(async () => {
      await Promise.all(
        ['policies', 'rules', 'lists', 'macros'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
      tell(t.rolledBack);
    }, tellError);
  return (
    <section className="part">
      <h2>{t.history}</h2>
      {missing && <p className="dim">{t.historyNone}</p>}
      <ul className="versions">
        {[...(versions.data ?? [])]
          .sort((a, b) => b.version - a.version)
          .map((one) => (
            <li key={one.version}>
              <div className="row">
                <b>{t.version(one.version)}</b>
                <span className="dim grow">
                  {one.author} · <Time at={one.at} relative />
                </span>
                {one.version > 1 && (
                  <Button
                    kind="quiet"
                    onClick={() => setOpen(open === one.version ? 0 : one.version)}
                  >
                    {t.diff}
                  </Button>
                )}
                {one.version === current ? (
                  <span className="badge good">{t.current}</span>
                ) : (
                  me.may('admin') && (
                    <Button onClick={() => void rollback(one.version)}>{t.rollback}</Button>
                  )
                )}
              </div>
              {open === one.version && <Diff kind={kind} id={id} to={one.version} />}
            </li>
          ))}
      </ul>
    </section>
  );
}

function Diff({ kind, id, to }: { kind: Props['kind']; id: number; to: number }) {
  const diff = useQuery({
    queryKey: ['diff', kind, id, to],
    queryFn: () =>
      call<{ lines: { op: string; text: string }[] }>(
        'GET',
        path(`/api/v1/history/${kind}/${id}/diff`, { from: to - 1, to }),
      ),
  });
  return (
    <pre className="diff" tabIndex={0}>
      {(diff.data?.lines ?? []).map((line, at) => (
        <div key={at} className={line.op === '+' ? 'plus' : line.op === '-' ? 'minus' : ''}>
          {line.op} {plain(line.text)}
        </div>
      ))}
    </pre>
  );
}
