// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, call } from '../../api/client';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextArea, TextField } from '../../parts/Field';
import { Sheet } from '../../parts/Sheet';
import { tell } from '../../parts/Toast';
import { libraryWords } from './words';

export function NewList({ onClose }: { onClose: () => void }) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [error, setError] = useState('');
  const save = async () => {
    try {
      await call('POST', '/api/secure/falco/lists', {
        name,
        append: false,
        items: {
          items: text
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        },
      });
      await queries.invalidateQueries({ queryKey: ['lists'] });
      tell(t.saved);
      onClose();
    } catch (e) {
      setError(e instanceof ApiError ? e.message : String(e));
    }
  };
  return (
    <Sheet
      title={t.newList}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" disabled={name.trim() === ''} onClick={() => void save()}>
            {c.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        <TextField
          label={c.name}
          value={name}
          autoFocus
          onChange={(e) => setName(e.target.value)}
        />
        <TextArea
          label={t.items}
          hint={t.itemsHint}
          error={error}
          rows={10}
          className="machine"
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </div>
    </Sheet>
  );
}
