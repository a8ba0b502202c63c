// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Machine } from '../../parts/Machine';
import { Menu } from '../../parts/Menu';
import { Sheet } from '../../parts/Sheet';
import { tell, tellError } from '../../parts/Toast';
import { useSavedViews } from './saved';
import { eventsWords } from './words';

/** Views that were given a name: to go there, to save this one, to forget some. */
export function Views({ here }: { here: string }) {
  const t = useWords(eventsWords);
  const [, go] = useLocation();
  const { views, error, save, forget } = useSavedViews();
  const [shown, setShown] = useState<'save' | 'manage'>();
  return (
    <>
      <Menu
        label={t.views}
        icon="star"
        align="right"
        choices={[
          ...views.map((one) => ({
            label: <span className="grow cut">{one.name}</span>,
            chosen: one.address === here,
            act: () => go(one.address),
          })),
          ...(views.length > 0 ? (['line'] as const) : []),
          { label: t.saveView, act: () => setShown('save') },
          ...(views.length > 0 || error
            ? [{ label: t.manageViews, act: () => setShown('manage') }]
            : []),
        ]}
      />
      {shown === 'save' && (
        <SaveView
          onSave={(name) => save({ name, address: here })}
          onClose={() => setShown(undefined)}
        />
      )}
      {shown === 'manage' && (
        <Sheet kind="dialog" title={t.views} onClose={() => setShown(undefined)}>
          {error && <p className="wrong">{error.message}</p>}
          {views.length === 0 && !error && <p className="dim">{t.noViews}</p>}
          <ul className="view-list">
            {views.map((one) => (
              <li key={one.id} className="row">
                <span className="grow cut">
                  {one.name}{' '}
                  <Machine max={60} className="dim">
                    {one.address}
                  </Machine>
                </span>
                <Button
                  kind="quiet"
                  icon="trash"
                  label={t.forget(one.name)}
                  onClick={() => void forget(one.id).catch(tellError)}
                />
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </>
  );
}

interface SaveProps {
  onSave: (name: string) => Promise<unknown>;
  onClose: () => void;
}

function SaveView({ onSave, onClose }: SaveProps) {
  const t = useWords(eventsWords);
  const c = useWords(common);
  const [name, setName] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const save = (e: FormEvent) => {
    e.preventDefault();
    setBusy(true);
    onSave(name.trim()).then(
      () => {
        tell(t.viewSaved);
        onClose();
      },
      (refused: Error) => {
        setError(refused.message);
        setBusy(false);
      },
    );
  };
  return (
    <Sheet
      kind="dialog"
      title={t.saveView}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button
            kind="primary"
            type="submit"
            form="save-view"
            busy={busy}
            disabled={name.trim() === ''}
          >
            {c.save}
          </Button>
        </>
      }
    >
      <form id="save-view" onSubmit={save}>
        <TextField
          label={t.viewName}
          hint={t.viewsHint}
          value={name}
          error={error || undefined}
          maxLength={100}
          autoFocus
          onChange={(e) => setName(e.target.value)}
        />
      </form>
    </Sheet>
  );
}
