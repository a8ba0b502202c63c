// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { call } from '../../../api/client';
import type { Forwarder, ForwarderType } from '../../../api/settings';
import { common } from '../../../i18n/common';
import { useWords } from '../../../i18n/language';
import { Button } from '../../../parts/Button';
import { SelectField, TextArea, TextField } from '../../../parts/Field';
import { useSaving } from '../../../parts/saving';
import { Sheet } from '../../../parts/Sheet';
import { Toggle } from '../../../parts/Toggle';
import { body, draft, OPTIONS, retyped, TYPES, type Draft, type Option } from './forwarder';
import { forwardWords } from './words';

const BASE = '/api/v1/forwarders';

interface Props {
  forwarder: Forwarder | undefined;
  onClose: () => void;
  onSaved: () => unknown;
}

export function ForwarderForm({ forwarder, onClose, onSaved }: Props) {
  const t = useWords(forwardWords);
  const c = useWords(common);
  const [of, setOf] = useState(() => draft(forwarder));
  const { error, busy, submit } = useSaving(
    () =>
      call(
        forwarder ? 'PUT' : 'POST',
        forwarder ? `${BASE}/${forwarder.id}` : BASE,
        body(of, forwarder),
      ),
    () => {
      onSaved();
      onClose();
    },
  );
  const change = (option: Option, value: string) =>
    setOf({ ...of, options: { ...of.options, [option.key]: value } });
  return (
    <Sheet
      title={forwarder ? t.edit : t.add}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{c.cancel}</Button>
          <Button kind="primary" type="submit" form="forwarder" busy={busy}>
            {c.save}
          </Button>
        </>
      }
    >
      <form id="forwarder" className="stack" onSubmit={submit}>
        <TextField
          label={c.name}
          required
          autoComplete="off"
          value={of.name}
          onChange={(e) => setOf({ ...of, name: e.target.value })}
        />
        <SelectField
          label={t.type}
          value={of.type}
          options={TYPES.map(({ type, label }) => ({ value: type, label }))}
          onChange={(e) => setOf(retyped(of, e.target.value as ForwarderType))}
        />
        {OPTIONS[of.type].map((option) => (
          <OptionField
            key={option.key}
            option={option}
            value={of.options[option.key] ?? ''}
            kept={forwarder?.type === of.type && forwarder.secretsSet.includes(option.key)}
            onChange={(value) => change(option, value)}
          />
        ))}
        <TextField
          label={t.filter}
          hint={t.filterHint}
          className="mono"
          value={of.filter}
          onChange={(e) => setOf({ ...of, filter: e.target.value })}
        />
        {!forwarder && (
          <SelectField
            label={t.from}
            value={of.from}
            options={[
              { value: 'now', label: t.now },
              { value: 'beginning', label: t.beginning },
            ]}
            onChange={(e) => setOf({ ...of, from: e.target.value as Draft['from'] })}
          />
        )}
        <Toggle on={of.enabled} onChange={(enabled) => setOf({ ...of, enabled })}>
          {c.enabled}
        </Toggle>
        {error && (
          <div className="wrong" role="alert">
            {error}
          </div>
        )}
      </form>
    </Sheet>
  );
}

interface OptionProps {
  option: Option;
  value: string;
  /** Whether the collector has it already; it tells nobody what it is. */
  kept: boolean;
  onChange: (value: string) => void;
}

function OptionField({ option, value, kept, onChange }: OptionProps) {
  const t = useWords(forwardWords);
  const label = t[option.key];
  if (option.choices) {
    return (
      <SelectField
        label={label}
        value={value}
        options={option.choices.map((choice) => ({ value: choice, label: choice || '–' }))}
        onChange={(e) => onChange(e.target.value)}
      />
    );
  }
  if (option.kind === 'long') {
    return (
      <TextArea
        label={label}
        hint={t.caHint}
        className="mono"
        value={value}
        onChange={(e) => onChange(e.target.value)}
      />
    );
  }
  return (
    <TextField
      label={label}
      type={option.kind === 'secret' ? 'password' : option.kind === 'number' ? 'number' : 'text'}
      autoComplete={option.kind === 'secret' ? 'new-password' : 'off'}
      min={option.kind === 'number' ? 1 : undefined}
      required={Boolean(option.required) && !kept}
      hint={kept ? t.kept : undefined}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    />
  );
}
