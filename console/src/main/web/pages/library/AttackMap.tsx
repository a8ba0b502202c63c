// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './attack.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { Count } from '../../api/events';
import { is } from '../../events/filter';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { Sheet } from '../../parts/Sheet';
import { Failure, Loading } from '../../parts/States';
import { ns } from '../../parts/time';
import { Toggle } from '../../parts/Toggle';
import { usePolicies, useRules } from '../../rules/catalogue';
import { coverage, covered, type Tactic, type Technique } from './attack';
import { attackWords } from './attack-words';

const DAY_MS = 86_400_000;

/** Which techniques of an attack some rule looks for. */
export function AttackMap({ find }: { find: string }) {
  const t = useWords(attackWords);
  const rules = useRules();
  const policies = usePolicies();
  const counts = useDayCounts();
  const [all, setAll] = useState(true);
  const [open, setOpen] = useState<{ tactic: Tactic; technique: Technique }>();
  const tactics = useMemo(
    () => coverage(rules.data ?? [], policies.data ?? [], counts),
    [rules.data, policies.data, counts],
  );
  if (rules.isPending) return <Loading />;
  if (rules.isError) return <Failure error={rules.error} retry={() => void rules.refetch()} />;
  const sum = covered(tactics);
  return (
    <div className="attack">
      <p className="hint">{t.intro}</p>
      <div className="row wrap">
        <strong className="grow">{t.covered(sum.covered, sum.all)}</strong>
        <Toggle on={all} onChange={setAll}>
          {t.all}
        </Toggle>
      </div>
      {tactics.map((tactic) => (
        <TacticRow
          key={tactic.id}
          tactic={tactic}
          all={all}
          find={find}
          onOpen={(technique) => setOpen({ tactic, technique })}
        />
      ))}
      <p className="hint">{t.source}</p>
      {open && <Rules {...open} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function useDayCounts(): ReadonlyMap<string, number> {
  const [openedMs] = useState(Date.now);
  const counts = useQuery({
    queryKey: ['counts', 'ruleName', 'day', openedMs],
    queryFn: () =>
      call<{ counts: Count[] }>(
        'GET',
        path('/api/v1/events/counts', {
          attribute: 'ruleName',
          from: ns(openedMs - DAY_MS),
          limit: 1000,
        }),
      ),
  }).data;
  return useMemo(
    () => new Map((counts?.counts ?? []).map((one) => [one.value, one.count])),
    [counts],
  );
}

interface RowProps {
  tactic: Tactic;
  all: boolean;
  find: string;
  onOpen: (technique: Technique) => void;
}

function TacticRow({ tactic, all, find, onOpen }: RowProps) {
  const t = useWords(attackWords);
  const wanted = find.trim().toLowerCase();
  const shown = tactic.techniques.filter(
    (one) =>
      (all || one.rules.length > 0) &&
      (wanted === '' ||
        `${one.id} ${one.name} ${one.rules.map((rule) => `${rule.name} ${rule.techniques.join(' ')}`).join(' ')}`
          .toLowerCase()
          .includes(wanted)),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label={t[tactic.id]}>
      <h2>
        {t[tactic.id]} <span className="dim">{tactic.id}</span>
      </h2>
      <ul className="techniques">
        {shown.map((technique) => (
          <li key={technique.id}>
            <Tile technique={technique} onOpen={() => onOpen(technique)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tile({ technique, onOpen }: { technique: Technique; onOpen: () => void }) {
  const t = useWords(attackWords);
  const n = technique.rules.length;
  const off = technique.rules.filter((rule) => !rule.inPolicy).length;
  const alerts = technique.rules.reduce((sum, rule) => sum + rule.alerts, 0);
  const depth = n === 0 ? 'none' : off === n ? 'off' : n > 2 ? 'deep' : 'some';
  return (
    <button type="button" className={`technique ${depth}`} onClick={onOpen}>
      <span className="technique-id">{technique.id}</span>
      <span className="technique-name">{technique.id === '' ? t.general : technique.name}</span>
      <span className="technique-counts">
        {n === 0 ? t.none : t.rules(n)}
        {n > 0 && off > 0 && <> · {t.off(off)}</>}
        {alerts > 0 && <b> · {t.alerts(alerts)}</b>}
      </span>
    </button>
  );
}

interface RulesProps {
  tactic: Tactic;
  technique: Technique;
  onClose: () => void;
}

function Rules({ tactic, technique, onClose }: RulesProps) {
  const t = useWords(attackWords);
  const title = technique.id === '' ? t.general : `${technique.id} ${technique.name}`;
  return (
    <Sheet title={`${t[tactic.id]}: ${title}`} onClose={onClose}>
      {technique.rules.length === 0 ? (
        <p>{t.sheetNone}</p>
      ) : (
        <div className="list">
          <table>
            <thead>
              <tr>
                <th>{t.rule}</th>
                <th>{t.names}</th>
                <th>{t.policy}</th>
                <th className="number">{t.day}</th>
              </tr>
            </thead>
            <tbody>
              {technique.rules.map((rule) => (
                <tr key={rule.name}>
                  <td>
                    <Link href={`/library/rules/${encodeURIComponent(rule.name)}`}>
                      <Name>{rule.name}</Name>
                    </Link>
                  </td>
                  <td>
                    <Machine>{rule.techniques.join(', ')}</Machine>
                  </td>
                  <td>{rule.inPolicy ? t.inPolicy : <span className="dim">{t.noPolicy}</span>}</td>
                  <td className="number">
                    <Link href={path('/events', { filter: is('ruleName', rule.name) })}>
                      {rule.alerts.toLocaleString()}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  );
}
