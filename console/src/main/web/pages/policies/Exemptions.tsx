// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState, type FormEvent } from 'react';
import { createPortal } from 'react-dom';
import type { PolicyException } from '../../api/catalog';
import { ExceptionFields } from '../../exceptions/ExceptionFields';
import { exceptionWords } from '../../exceptions/words';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/Field';
import { Machine } from '../../parts/Machine';
import { Name } from '../../parts/Name';
import { plain } from '../../parts/safe-text';
import { Sheet } from '../../parts/Sheet';
import { useMe } from '../../shell/me';

interface Props {
  exceptions: PolicyException[];
  onChange: (exceptions: PolicyException[]) => void;
}

/** What a policy leaves alone; they also come from events (Tune). */
export function Exemptions({ exceptions, onChange }: Props) {
  const t = useWords(exceptionWords);
  const [adding, setAdding] = useState(false);
  return (
    <div className="stack">
      <p className="hint">{t.hint}</p>
      {exceptions.length === 0 ? (
        <p className="dim">{t.none}</p>
      ) : (
        <ul className="picked">
          {exceptions.map((one) => (
            <li key={one.name} className="row">
              <div className="grow">
                <About of={one} />
              </div>
              <Button
                kind="quiet"
                icon="close"
                label={t.remove(plain(one.name))}
                onClick={() => onChange(exceptions.filter((other) => other !== one))}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button icon="plus" onClick={() => setAdding(true)}>
          {t.add}
        </Button>
      </div>
      {adding && (
        <Add
          taken={exceptions.map((one) => one.name)}
          onAdd={(one) => onChange([...exceptions, one])}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}

function About({ of }: { of: PolicyException }) {
  const t = useWords(exceptionWords);
  const past = of.expires !== undefined && of.expires < new Date().toISOString().slice(0, 10);
  return (
    <>
      <b>
        <Name>{of.name}</Name>
      </b>{' '}
      {past && <span className="badge calm">{t.expired}</span>}
      {[...(of.rules ?? []), of.scope, of.when].filter(Boolean).map((part) => (
        <div key={part}>
          <Machine max={200}>{part}</Machine>
        </div>
      ))}
      <div className="hint">
        <Name>
          {[of.reason, of.owner, of.expires && t.until(of.expires)].filter(Boolean).join(' · ')}
        </Name>
      </div>
    </>
  );
}

interface AddProps {
  taken: string[];
  onAdd: (one: PolicyException) => void;
  onClose: () => void;
}

const NOTHING = { name: '', scope: '', when: '', reason: '', owner: '', expires: '' };

function Add({ taken, onAdd, onClose }: AddProps) {
  const t = useWords(exceptionWords);
  const c = useWords(common);
  const me = useMe();
  const [one, setOne] = useState({ ...NOTHING, owner: me.name });
  const filled = Object.entries(one).flatMap(([key, value]) =>
    value.trim() === '' ? [] : [[key, value.trim()]],
  );
  const given = Object.fromEntries(filled) as Partial<typeof NOTHING>;
  const narrow = given.scope !== undefined || given.when !== undefined;
  const { name } = given;
  const ready =
    narrow && name !== undefined && !taken.includes(name) && !!given.reason && !!given.owner;
  const add = (e: FormEvent) => {
    e.preventDefault();
    // React hands it on to the policy's form all the same.
    e.stopPropagation();
    if (!ready) return;
    onAdd({ ...given, name });
    onClose();
  };
  // Outside of the policy's form, which would take its Enter.
  return createPortal(
    <Sheet
      kind="dialog"
      title={t.add}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="add-exception" disabled={!ready}>
            {t.add}
          </Button>
        </>
      }
    >
      <form id="add-exception" className="stack" onSubmit={add}>
        <TextField
          label={t.name}
          required
          value={one.name}
          onChange={(e) => setOne({ ...one, name: e.target.value })}
        />
        <ExceptionFields of={one} onChange={(part) => setOne({ ...one, ...part })} />
        <p className="hint">
          {narrow ? '' : t.tooWide} {t.kept}
        </p>
      </form>
    </Sheet>,
    document.body,
  );
}
