// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';
import { call } from '../../../api/client';
import type { RolloutPlan } from '../../../api/settings';
import { common } from '../../../i18n/common';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { TextField } from '../../../parts/Field';
import { tell } from '../../../parts/Toast';
import { Toggle } from '../../../parts/Toggle';
import { FreezeRow } from './FreezeRow';
import { draft, newFreeze, newStage, plan, tags, type Draft } from './plan';
import { rolloutWords } from './words';

interface Props {
  plan: RolloutPlan;
  onSaved: () => Promise<unknown>;
}

/** Who gets something new first, and when nobody does. Others' changes show once ours are saved. */
export function PlanForm({ plan: kept, onSaved }: Props) {
  const t = useWords(rolloutWords);
  const c = useWords(common);
  const [edited, setEdited] = useState<Draft>();
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(() => ({ of: kept, draft: draft(kept) }));
  // The plan comes anew every few seconds, equal as a rule: its rows keep their keys.
  if (JSON.stringify(shown.of) !== JSON.stringify(kept)) {
    setShown({ of: kept, draft: draft(kept) });
  }
  const of = edited ?? shown.draft;
  const wrong = of.stages.map((stage) => tags(stage.tags).wrong);
  const save = (e: FormEvent) => {
    e.preventDefault();
    setBusy(true);
    call('PUT', '/api/v1/rollout', plan(of))
      .then(onSaved)
      .then(
        () => {
          setEdited(undefined);
          setError('');
          tell(t.saved);
        },
        (refused: Error) => setError(refused.message),
      )
      .finally(() => setBusy(false));
  };
  const change = (part: Partial<Draft>) => setEdited({ ...of, ...part });
  return (
    <section className="part">
      <h2>{t.plan}</h2>
      <p className="dim">{t.planHint}</p>
      <form onSubmit={save}>
        <ol className="stages">
          {of.stages.map((stage, at) => (
            <li key={stage.key}>
              <TextField
                label={t.stageTags(at + 1)}
                hint={t.tagsHint}
                required
                className="mono"
                value={stage.tags}
                error={wrong[at] ? t.noTag(wrong[at]) : undefined}
                onChange={(e) =>
                  change({
                    stages: of.stages.map((one) =>
                      one === stage ? { ...one, tags: e.target.value } : one,
                    ),
                  })
                }
              />
              <TextField
                label={t.minutes}
                type="number"
                min={0}
                max={43_200}
                required={!stage.waits}
                disabled={stage.waits}
                value={stage.minutes}
                onChange={(e) =>
                  change({
                    stages: of.stages.map((one) =>
                      one === stage ? { ...one, minutes: e.target.value } : one,
                    ),
                  })
                }
              />
              <Toggle
                on={stage.waits}
                onChange={(waits) =>
                  change({
                    stages: of.stages.map((one) => (one === stage ? { ...one, waits } : one)),
                  })
                }
              >
                {t.waits}
              </Toggle>
              <Button
                kind="quiet"
                icon="trash"
                label={t.removeStage(at + 1)}
                onClick={() => change({ stages: of.stages.filter((one) => one !== stage) })}
              />
            </li>
          ))}
          <li className="dim">{of.stages.length === 0 ? t.noStages : t.everybody}</li>
        </ol>
        <Button icon="plus" onClick={() => change({ stages: [...of.stages, newStage()] })}>
          {t.addStage}
        </Button>
        <h3>{t.freezes}</h3>
        <ul className="freezes">
          {of.freezes.map((freeze, at) => (
            <FreezeRow
              key={freeze.key}
              of={freeze}
              number={at + 1}
              onChange={(next) =>
                change({ freezes: of.freezes.map((one) => (one === freeze ? next : one)) })
              }
              onRemove={() => change({ freezes: of.freezes.filter((one) => one !== freeze) })}
            />
          ))}
          {of.freezes.length === 0 && <li className="dim">{t.noFreezes}</li>}
        </ul>
        <div className="row wrap">
          <Button icon="plus" onClick={() => change({ freezes: [...of.freezes, newFreeze(true)] })}>
            {t.addWeekly}
          </Button>
          <Button
            icon="plus"
            onClick={() => change({ freezes: [...of.freezes, newFreeze(false)] })}
          >
            {t.addOnce}
          </Button>
        </div>
        {error && (
          <div className="wrong" role="alert">
            {error}
          </div>
        )}
        {edited && (
          <div className="row rollout-acts">
            <Button
              onClick={() => {
                setEdited(undefined);
                setError('');
              }}
            >
              {c.cancel}
            </Button>
            <Button kind="primary" type="submit" busy={busy} disabled={wrong.some(Boolean)}>
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
