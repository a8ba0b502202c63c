// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { AgentContainer, AgentContainers } from '../../api/agents';
import { is } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Failure, Loading } from '../../parts/States';
import { Time } from '../../parts/Time';
import { agentsWords } from './words';

/** What runs on the agent's machine, and since when execs in it are held until they are judged. */
export function Containers({ id }: { id: string }) {
  const t = useWords(agentsWords);
  const told = useQuery({
    queryKey: ['agents', id, 'containers'],
    queryFn: () =>
      call<AgentContainers>('GET', `/api/v1/agents/${encodeURIComponent(id)}/containers`),
    refetchInterval: 15_000,
  });
  const all = told.data?.containers ?? [];
  return (
    <section className="part">
      <h2>{t.containers}</h2>
      {told.isPending ? (
        <Loading rows={2} />
      ) : told.isError ? (
        <Failure error={told.error} retry={() => void told.refetch()} />
      ) : !told.data.known ? (
        <p className="dim">{t.containersUnknown}</p>
      ) : all.length === 0 ? (
        <p className="dim">{t.noContainers}</p>
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                <th>{t.container}</th>
                <th>{t.image}</th>
                <th>{t.began}</th>
                <th>{t.armedSince}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <Row key={one.id} of={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {told.data && told.data.total > all.length && (
        <p className="dim">{t.moreContainers(told.data.total - all.length)}</p>
      )}
    </section>
  );
}

function Row({ of }: { of: AgentContainer }) {
  const t = useWords(agentsWords);
  const pod = [of.namespace, of.pod].filter((part) => part !== '').join('/');
  return (
    <tr>
      <td>
        <Link href={path('/events', { filter: is('container.id', of.id) })}>
          <Machine max={60}>{of.name || of.id}</Machine>
        </Link>
        <div className="dim">
          <Machine max={80}>{pod || `${of.runtime} ${of.id}`}</Machine>
        </div>
      </td>
      <td>
        <Machine max={60}>{of.image}</Machine>
      </td>
      <td>
        <Time at={of.createdOn} />
      </td>
      <td>
        {of.armed ? (
          <>
            <span className="badge good">{t.armed}</span> <Time at={of.armedSince} />
          </>
        ) : (
          <span className="dim">{t.notArmed}</span>
        )}
        {of.trouble && (
          <div className="wrong">
            <Machine max={160}>{of.trouble}</Machine>
          </div>
        )}
      </td>
    </tr>
  );
}
