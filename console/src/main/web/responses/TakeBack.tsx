// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { call } from '../api/client';
import { EXECUTIONS, type Execution } from '../api/responses';
import { useWords } from '../i18n/language';
import { Button } from '../parts/Button';
import { Confirm } from '../parts/Confirm';
import { Machine } from '../parts/Machine';
import { tell, tellError } from '../parts/Toast';
import { useExecutionsChanged } from './executions';
import { target } from './target';
import { responsesWords } from './words';

/** The way back: calls off what no agent has begun, undoes what was done, or tells why not. */
export function TakeBack({ of }: { of: Execution }) {
  const t = useWords(responsesWords);
  const changed = useExecutionsChanged();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const back = () => call('DELETE', `${EXECUTIONS}/${encodeURIComponent(of.id)}`);
  const callOff = () => {
    setBusy(true);
    // At once: between a question and its answer the agent could have done it.
    back()
      .then(() => tell(t.calledOff), tellError)
      .finally(() => {
        setBusy(false);
        void changed();
      });
  };
  if (of.isCancellable) {
    return (
      <Button busy={busy} onClick={callOff}>
        {t.callOff}
      </Button>
    );
  }
  if (of.undoneBy) return <span className="dim">{t.undone}</span>;
  if (of.notUndoableReason) {
    return (
      <span className="dim">
        {t.noUndo}: <Machine>{of.notUndoableReason}</Machine>
      </span>
    );
  }
  if (!of.isUndoable) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t.undo}</Button>
      {asking && (
        <Confirm
          title={t.undoSure(t.action(of.actionType))}
          act={t.undo}
          onClose={() => setAsking(false)}
          onAct={() => back().then(changed)}
        >
          <Machine>{target(of)}</Machine>
        </Confirm>
      )}
    </>
  );
}
