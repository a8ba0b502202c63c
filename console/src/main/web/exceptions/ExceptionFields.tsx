// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useWords } from '../i18n/language';
import { TextArea, TextField } from '../parts/Field';
import { exceptionWords } from './words';

export interface Fields {
  scope: string;
  when: string;
  reason: string;
  owner: string;
  expires: string;
}

interface Props {
  of: Fields;
  onChange: (part: Partial<Fields>) => void;
}

/** Where and when an exception holds; why, by whom, how long. */
export function ExceptionFields({ of, onChange }: Props) {
  const t = useWords(exceptionWords);
  return (
    <>
      <TextField
        label={t.scope}
        className="machine"
        value={of.scope}
        onChange={(e) => onChange({ scope: e.target.value })}
      />
      <TextArea
        label={t.when}
        hint={t.whenHint}
        className="machine"
        value={of.when}
        onChange={(e) => onChange({ when: e.target.value })}
      />
      <TextField
        label={t.reason}
        required
        value={of.reason}
        onChange={(e) => onChange({ reason: e.target.value })}
      />
      <div className="half">
        <TextField
          label={t.owner}
          required
          value={of.owner}
          onChange={(e) => onChange({ owner: e.target.value })}
        />
        <TextField
          label={t.expires}
          type="date"
          value={of.expires}
          onChange={(e) => onChange({ expires: e.target.value })}
        />
      </div>
    </>
  );
}
