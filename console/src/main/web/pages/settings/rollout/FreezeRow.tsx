// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { TextField } from '../../../parts/Field';
import { DAYS, type FreezeDraft } from './plan';
import { rolloutWords } from './words';

interface Props {
  of: FreezeDraft;
  number: number;
  onChange: (next: FreezeDraft) => void;
  onRemove: () => void;
}

/** A time of calm: every week on some days, or once. */
export function FreezeRow({ of, number, onChange, onRemove }: Props) {
  const t = useWords(rolloutWords);
  const time = (key: 'from' | 'to') => (
    <TextField
      label={t[key]}
      type={of.weekly ? 'time' : 'datetime-local'}
      required
      value={of[key]}
      onChange={(e) => onChange({ ...of, [key]: e.target.value })}
    />
  );
  return (
    <li>
      {of.weekly && (
        <fieldset className="days">
          <legend>{t.days}</legend>
          {DAYS.map((day) => (
            <label key={day}>
              <input
                type="checkbox"
                checked={of.days.includes(day)}
                onChange={(e) =>
                  onChange({
                    ...of,
                    days: DAYS.filter((one) =>
                      one === day ? e.target.checked : of.days.includes(one),
                    ),
                  })
                }
              />
              {t[day]}
            </label>
          ))}
        </fieldset>
      )}
      {time('from')}
      {time('to')}
      {of.weekly && (
        <TextField
          label={t.zone}
          required
          value={of.zone}
          onChange={(e) => onChange({ ...of, zone: e.target.value })}
        />
      )}
      <Button kind="quiet" icon="trash" label={t.removeFreeze(number)} onClick={onRemove} />
    </li>
  );
}
