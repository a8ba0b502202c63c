// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError, call } from '../../api/client';
import type { AgentDiagnosis } from '../../api/agents';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Machine } from '../../parts/Machine';
import { Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { findings, type Findings } from './diagnosis';
import { agentsWords } from './words';

/** What torimono doctor found on the agent's machine, as it last told. */
export function Doctor({ id }: { id: string }) {
  const t = useWords(agentsWords);
  const told = useQuery({
    queryKey: ['agents', id, 'diagnosis'],
    queryFn: async () => {
      try {
        const path = `/api/v1/agents/${encodeURIComponent(id)}/diagnosis`;
        return await call<AgentDiagnosis>('GET', path);
      } catch (e) {
        if (e instanceof ApiError && e.status === 404) return null;
        throw e;
      }
    },
    refetchInterval: 60_000,
  });
  return (
    <section className="part">
      <h2>{t.doctor}</h2>
      {told.isPending ? (
        <Loading rows={2} />
      ) : told.isError ? (
        <Failure error={told.error} retry={() => void told.refetch()} />
      ) : told.data === null ? (
        <p className="dim">{t.noDoctor}</p>
      ) : (
        <Told of={findings(told.data.diagnosis)} atMs={told.data.at} />
      )}
    </section>
  );
}

function Told({ of, atMs }: { of: Findings; atMs: number }) {
  const t = useWords(agentsWords);
  return (
    <>
      <p className="row wrap">
        {of.healthy ? (
          <span className="badge good">{t.works}</span>
        ) : (
          <span className="badge bad">{t.worksNot}</span>
        )}
        {of.strongest && (
          <span>
            {t.strongest}: <b>{t.strength(of.strongest)}</b>
          </span>
        )}
        <span className="dim">
          {t.looked} <Time at={atMs} relative />
        </span>
      </p>
      <Lines lines={of.problems} kind="problem" />
      <Lines lines={of.notes} kind="note" />
      {of.stronger.length > 0 && (
        <details>
          <summary>{t.stronger}</summary>
          <Lines lines={of.stronger} kind="note" />
        </details>
      )}
      {of.hooks.length > 0 && (
        <details>
          <summary>
            {t.hooks(of.hooks.filter((hook) => hook.works).length, of.hooks.length)}
          </summary>
          <Table
            rows={of.hooks.map((hook) => [
              hook.name,
              hook.works ? t.yes : t.no,
              <Machine key="why" max={300}>
                {hook.reason}
              </Machine>,
            ])}
          />
        </details>
      )}
      {of.runtimes.length > 0 && (
        <details>
          <summary>{t.runtimes(of.runtimes.length)}</summary>
          <Table
            rows={of.runtimes.map((one) => [
              `${one.runtime} ${one.version}`,
              <Machine key="socket">{one.socket}</Machine>,
              <Machine key="remark">{one.remark}</Machine>,
            ])}
          />
        </details>
      )}
    </>
  );
}

function Lines({ lines, kind }: { lines: string[]; kind: 'problem' | 'note' }) {
  if (lines.length === 0) return null;
  return (
    <ul className={`doctor-lines ${kind}`}>
      {lines.map((line) => (
        <li key={line}>
          <Icon name={kind === 'problem' ? 'incidents' : 'right'} size={14} />
          <Machine>{line}</Machine>
        </li>
      ))}
    </ul>
  );
}

function Table({ rows }: { rows: ReactNode[][] }) {
  return (
    <table className="doctor-table">
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, column) => (
              <td key={column}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
