// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ApiError, call } from '../../api/client';
import type { Macro } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Sheet } from '../../parts/Sheet';
import { Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { faults } from '../../rules/faults';
import { libraryWords } from './words';

const Editor = lazy(() =>
  import('../../rules/editor/ConditionEditor').then((of) => ({ default: of.ConditionEditor })),
);

/** A new macro, or another condition for one that there is. */
export function NewMacro({ macro, onClose }: { macro?: Macro; onClose: () => void }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const [name, setName] = useState(macro?.name ?? '');
  const [condition, setCondition] = useState(macro?.condition.condition ?? '');
  const [error, setError] = useState('');
  const save = async () => {
    try {
      await call(macro ? 'PUT' : 'POST', `/api/secure/falco/macros${macro ? `/${macro.id}` : ''}`, {
        name,
        append: macro?.append ?? false,
        condition: { condition },
        ...(macro ? { version: macro.version } : {}),
      });
      await queries.invalidateQueries({ queryKey: ['macros'] });
      tell(t.saved);
      onClose();
    } catch (e) {
      setError(e instanceof ApiError ? faults(e.message) : String(e));
    }
  };
  return (
    <Sheet
      title={macro ? t.macro : t.newMacro}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button
            kind="primary"
            disabled={name.trim() === '' || condition.trim() === ''}
            onClick={() => void save()}
          >
            {c.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={c.name}
          value={name}
          disabled={macro !== undefined}
          onChange={(e) => setName(e.target.value)}
        />
        <div className="field">
          <label>{t.condition}</label>
          <Suspense fallback={<Loading rows={2} />}>
            <Editor label={t.condition} value={condition} onChange={setCondition} />
          </Suspense>
          <div className="hint">{t.conditionHint}</div>
          {error && <pre className="wrong machine">{error}</pre>}
        </div>
      </div>
    </Sheet>
  );
}
