// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { send } from '../api/client';
import { useLostAt } from '../api/reach';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Icon } from '../parts/Icon';
import { Time } from '../parts/Time';
import { shellWords } from './words';

const EVERY_MS = 3000;

/** Says so while the collector is not reached: what is shown is old then, and looks like calm. */
export function Unreachable() {
  const t = useWords(shellWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const lostAt = useLostAt();
  useEffect(() => {
    if (lostAt === undefined) return;
    const again = () =>
      send('GET', '/api/v1/me').then(
        () => void queries.refetchQueries({ predicate: (one) => one.state.status === 'error' }),
        () => undefined,
      );
    const timer = window.setInterval(() => void again(), EVERY_MS);
    return () => window.clearInterval(timer);
  }, [lostAt, queries]);
  return (
    <div role="status" className={lostAt === undefined ? 'unseen' : 'unreachable'}>
      {lostAt !== undefined && (
        <>
          <Icon name="incidents" />
          <span>
            {c.unreachable} {t.shownIsOf} <Time at={lostAt} />
          </span>
        </>
      )}
    </div>
  );
}
