// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { call, path } from '../../api/client';
import type { Rule } from '../../api/catalog';
import type { SecureEvent } from '../../api/events';
import { OutcomeBadge } from '../../events/Badges';
import { outcomes } from '../../events/outcome';
import { Value } from '../../events/Value';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { Severity } from '../../parts/Severity';
import { span } from '../../parts/time';
import { RuleGrounds } from './RuleGrounds';
import { eventWords } from './words';

/** The rule and its condition, the policies and what they asked for, what was done. */
export function WhyTab({ event }: { event: SecureEvent }) {
  const t = useWords(eventWords);
  const c = useWords(common);
  const rules = useQuery({
    queryKey: ['rules', 'group', event.content.ruleName],
    queryFn: () =>
      call<Rule[]>('GET', path('/api/secure/rules/groups', { name: event.content.ruleName })),
    enabled: event.engine === 'falco',
  });
  const rule = (rules.data ?? []).find((one) => !one.details.append) ?? rules.data?.[0];
  const condition = rule?.details.condition?.condition;
  const told = outcomes(event).filter((one) => one.action);
  return (
    <div className="stack">
      <section>
        <h3 className="row">
          {t.rule}: <Name>{event.content.ruleName}</Name>
          {rule && (
            <Link href={`/library/rules/${encodeURIComponent(event.content.ruleName)}`}>
              {t.toRule}
            </Link>
          )}
        </h3>
        {rule?.description && (
          <p>
            <Name>{rule.description}</Name>
          </p>
        )}
        <RuleGrounds event={event} now={condition} />
        {event.engine === 'falco' && rules.isSuccess && !condition && (
          <p className="hint">{t.ruleNotHere}</p>
        )}
        <p className="output">
          <Machine>{event.content.output}</Machine>
        </p>
        {event.content.ruleTags.length > 0 && (
          <div className="row wrap tags">
            <span className="dim">{t.tags}</span>
            {event.content.ruleTags.map((tag) => (
              <Value key={tag} attribute="ruleTags" value={tag} />
            ))}
          </div>
        )}
      </section>
      <section>
        <h3>{t.actions}</h3>
        {told.length === 0 ? (
          <p className="dim">{t.actionsNone}</p>
        ) : (
          <div className="list">
            <table>
              <thead>
                <tr>
                  <th>{t.result}</th>
                  <th>{t.actions}</th>
                  <th className="number">{t.latency}</th>
                  <th>{t.reason}</th>
                </tr>
              </thead>
              <tbody>
                {told.map((one, at) => (
                  <tr key={at}>
                    <td>
                      <OutcomeBadge told={one} />
                    </td>
                    <td>
                      <Machine>{one.action?.type}</Machine>
                    </td>
                    <td className="number">
                      {one.action?.latencyMs === undefined ? '–' : span(one.action.latencyMs)}
                    </td>
                    <td>
                      <Machine>{one.action?.reason ?? ''}</Machine>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {event.content.policies.length > 0 && (
        <section>
          <h3>{t.policies}</h3>
          <div className="list">
            <table>
              <thead>
                <tr>
                  <th>{c.severity}</th>
                  <th>{c.policy}</th>
                  <th>{t.mode}</th>
                  <th>{t.asked}</th>
                  <th>{t.notes}</th>
                </tr>
              </thead>
              <tbody>
                {event.content.policies.map((policy, at) => (
                  <tr key={at}>
                    <td>
                      <Severity severity={policy.severity ?? 7} />
                    </td>
                    <td>
                      <Value attribute="name" value={policy.name ?? ''} />
                    </td>
                    <td>{policy.mode === 'monitor' ? c.monitor : c.enforce}</td>
                    <td>
                      <Machine>{list(policy['actions'])}</Machine>
                    </td>
                    <td>
                      <Machine>{list(policy['notes'])}</Machine>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {event.content.runBook && /^https?:/.test(event.content.runBook) && (
        <p>
          <a href={event.content.runBook} rel="noreferrer noopener" target="_blank">
            {t.runbook}
          </a>
        </p>
      )}
    </div>
  );
}

function list(of: unknown): string {
  return Array.isArray(of) ? of.join(', ') : '';
}
