// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Grounds, SecureEvent } from '../../api/events';
import { useWords } from '../../i18n/language';
import { Machine } from '../../parts/Machine';
import { Condition } from '../../rules/Condition';
import { valuesIn } from '../../rules/condition';
import { eventWords } from './words';

interface Props {
  event: SecureEvent;
  /** As the library has it now; undefined when it has none. */
  now: string | undefined;
}

/** The condition with what of it held; that of the time of the event where the agent told it. */
export function RuleGrounds({ event, now }: Props) {
  const t = useWords(eventWords);
  const grounds = event.content.grounds;
  if (!grounds) {
    return now === undefined ? null : (
      <>
        <Condition text={now.trim()} values={event.content.fields} />
        <p className="hint">{t.conditionValues}</p>
      </>
    );
  }
  const values = { ...grounds.values, ...event.content.fields };
  const changed = now !== undefined && now.trim() !== grounds.condition.trim();
  return (
    <>
      <Condition text={grounds.condition.trimEnd()} values={values} held={grounds.parts} />
      <p className="hint">
        {t.conditionHeld} {changed ? t.conditionChanged : ''}
      </p>
      <Held grounds={grounds} values={values} />
    </>
  );
}

function Held({ grounds, values }: { grounds: Grounds; values: Record<string, unknown> }) {
  const t = useWords(eventWords);
  if (grounds.parts.length === 0) return null;
  return (
    <div className="list">
      <table className="held-parts">
        <thead>
          <tr>
            <th>{t.heldPart}</th>
            <th>{t.heldBecause}</th>
            <th>{t.heldValues}</th>
          </tr>
        </thead>
        <tbody>
          {grounds.parts.map((part, at) => {
            const text = grounds.condition.slice(part.from, part.to).trim();
            return (
              <tr key={at}>
                <td>
                  <Machine>{text || '–'}</Machine>
                </td>
                <td>{part.test !== '' && <Machine>{part.test}</Machine>}</td>
                <td>
                  {valuesIn(`${text} ${part.test}`, values).map(([name, value]) => (
                    <div key={name}>
                      <Machine>{name}</Machine> = <Machine>{value}</Machine>
                    </div>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
