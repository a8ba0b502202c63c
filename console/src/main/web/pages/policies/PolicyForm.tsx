// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { SelectField, TextArea, TextField } from '../../parts/Field';
import { LEVELS, type Level } from '../../parts/severity';
import { Toggle } from '../../parts/Toggle';
import { useChannels } from './channels';
import type { ContainerAction, Draft } from './draft';
import { Exemptions } from './Exemptions';
import { RulePicker } from './RulePicker';
import { ScopeBuilder } from './ScopeBuilder';
import { exceptionWords } from '../../exceptions/words';
import { shippedWords } from './shipped-words';
import { policyWords } from './words';

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** It comes with the program: what is not its owner's stays as it is. */
  fixed: boolean;
}

/** A policy in one column, in the order one thinks of it. */
export function PolicyForm({ draft, onChange, fixed }: Props) {
  const t = useWords(policyWords);
  const s = useWords(shippedWords);
  const x = useWords(exceptionWords);
  const c = useWords(common);
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <>
      <section className="part stack">
        <TextField
          label={c.name}
          value={draft.name}
          required
          readOnly={fixed}
          hint={fixed && s.fixed}
          onChange={(e) => set({ name: e.target.value })}
        />
        <TextField
          label={c.description}
          readOnly={fixed}
          hint={fixed ? s.fixed : t.descriptionHint}
          value={draft.description}
          onChange={(e) => set({ description: e.target.value })}
        />
        <div className="half">
          <SelectField
            label={c.severity}
            value={draft.severity}
            options={LEVELS.map((value) => ({ value, label: c[value] }))}
            onChange={(e) => set({ severity: e.target.value as Level })}
          />
          <SelectField
            label={t.mode}
            value={draft.mode}
            hint={draft.mode === 'monitor' ? t.modeMonitor : t.modeEnforce}
            options={[
              { value: 'enforce', label: c.enforce },
              { value: 'monitor', label: c.monitor },
            ]}
            onChange={(e) => set({ mode: e.target.value as Draft['mode'] })}
          />
        </div>
        <Toggle on={draft.enabled} onChange={(enabled) => set({ enabled })}>
          {t.enabled}
        </Toggle>
      </section>
      <section className="part">
        <h2>{t.scope}</h2>
        <ScopeBuilder scope={draft.scope} onChange={(scope) => set({ scope })} />
      </section>
      {draft.type === 'falco' && (
        <section className="part">
          <h2>{t.rules}</h2>
          <RulePicker fixed={fixed} rules={draft.rules} onChange={(rules) => set({ rules })} />
        </section>
      )}
      <section className="part stack">
        <h2>{t.actions}</h2>
        {draft.type !== 'drift' && (
          <Toggle on={draft.kill} onChange={(kill) => set({ kill })} hint={t.killProcessHint}>
            {t.killProcess}
          </Toggle>
        )}
        <Toggle
          on={draft.prevent}
          onChange={(prevent) => set({ prevent })}
          hint={draft.type === 'falco' ? t.preventRuleHint : t.preventExecutionHint}
        >
          {draft.type === 'falco' ? t.preventRule : t.preventExecution}
        </Toggle>
        <div className="half">
          <SelectField
            label={t.containerAction}
            value={draft.container}
            options={[
              { value: '', label: t.nothing },
              { value: 'POLICY_ACTION_PAUSE', label: t.pause },
              { value: 'POLICY_ACTION_STOP', label: t.stop },
              { value: 'POLICY_ACTION_KILL', label: t.killContainer },
            ]}
            onChange={(e) => set({ container: e.target.value as ContainerAction })}
          />
        </div>
        <Toggle on={draft.capture} onChange={(capture) => set({ capture })} hint={t.captureHint}>
          {t.captureToggle}
        </Toggle>
        {draft.capture && (
          <div className="half">
            <TextField
              label={t.before}
              type="number"
              min={0}
              max={600}
              value={draft.before}
              onChange={(e) => set({ before: Number(e.target.value) })}
            />
            <TextField
              label={t.after}
              type="number"
              min={0}
              max={600}
              value={draft.after}
              onChange={(e) => set({ after: Number(e.target.value) })}
            />
          </div>
        )}
      </section>
      {draft.type === 'drift' && <DriftPart draft={draft} set={set} fixed={fixed} />}
      {draft.type === 'malware' && (
        <section className="part">
          <TextArea
            readOnly={fixed}
            label={t.hashes}
            hint={fixed ? s.fixed : t.hashesHint}
            className="machine"
            value={draft.hashes}
            onChange={(e) => set({ hashes: e.target.value })}
          />
        </section>
      )}
      <section className="part">
        <h2>{x.title}</h2>
        <Exemptions exceptions={draft.exempt} onChange={(exempt) => set({ exempt })} />
      </section>
      <section className="part stack">
        <h2>{t.telling}</h2>
        <Channels chosen={draft.channels} onChange={(channels) => set({ channels })} />
        <TextField
          label={t.runbook}
          hint={t.runbookHint}
          type="url"
          value={draft.runbook}
          onChange={(e) => set({ runbook: e.target.value })}
        />
      </section>
    </>
  );
}

interface DriftProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  fixed: boolean;
}

function DriftPart({ draft, set, fixed }: DriftProps) {
  const t = useWords(policyWords);
  const s = useWords(shippedWords);
  const list = (
    key: 'prohibited' | 'exceptions' | 'allowedParents' | 'allowedAncestors' | 'prohibitedParents',
    hint: string,
  ) => (
    <TextArea
      label={t[key]}
      hint={hint}
      className="machine"
      spellCheck={false}
      readOnly={fixed}
      value={draft[key]}
      onChange={(e) => set({ [key]: e.target.value })}
    />
  );
  return (
    <section className="part stack">
      <h2>{t.drifting}</h2>
      {fixed && <p className="hint">{s.fixed}</p>}
      <Toggle
        on={draft.volumes}
        disabled={fixed}
        onChange={(volumes) => set({ volumes })}
        hint={t.volumesHint}
      >
        {t.volumes}
      </Toggle>
      {list('prohibited', t.prohibitedHint)}
      {list('exceptions', t.exceptionsHint)}
      {list('allowedParents', t.allowedParentsHint)}
      {list('allowedAncestors', t.allowedAncestorsHint)}
      {list('prohibitedParents', t.prohibitedParentsHint)}
      <Toggle on={draft.regex} disabled={fixed} onChange={(regex) => set({ regex })}>
        {t.regex}
      </Toggle>
    </section>
  );
}

function Channels({ chosen, onChange }: { chosen: number[]; onChange: (ids: number[]) => void }) {
  const t = useWords(policyWords);
  const channels = useChannels();
  const all = channels.data ?? [];
  if (all.length === 0) return <p className="dim">{t.noChannels}</p>;
  return (
    <div className="stack">
      {all.map((channel) => (
        <Toggle
          key={channel.id}
          on={chosen.includes(channel.id)}
          onChange={(on) =>
            onChange(on ? [...chosen, channel.id] : chosen.filter((id) => id !== channel.id))
          }
        >
          {channel.name} <span className="dim">{channel.type}</span>
        </Toggle>
      ))}
    </div>
  );
}
