// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiError, call } from '../../api/client';
import type { Rule } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { SelectField, TextField } from '../../parts/Field';
import { Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { faults, placeIn, type Place } from '../../rules/faults';
import { ns } from '../../parts/time';
import type { RuleDraft } from './RuleEditor';
import { TestBench } from './TestBench';
import { libraryWords } from './words';

const Editor = lazy(() =>
  import('../../rules/editor/ConditionEditor').then((of) => ({ default: of.ConditionEditor })),
);

const PRIORITIES = [
  'EMERGENCY',
  'ALERT',
  'CRITICAL',
  'ERROR',
  'WARNING',
  'NOTICE',
  'INFORMATIONAL',
  'DEBUG',
];

interface Props {
  start: RuleDraft;
  /** The rule that is changed; undefined for a new one. */
  old: Rule | undefined;
  /** Told of everything that is written. */
  onChange: (draft: RuleDraft) => void;
}

/** A rule field by field. */
export function RuleForm({ start, old, onChange }: Props) {
  const t = useWords(libraryWords);
  const c = useWords(common);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const rule = start.body;
  const [name, setName] = useState(start.name);
  const [description, setDescription] = useState(rule.description);
  const [condition, setCondition] = useState((rule.details.condition?.condition ?? '').trim());
  const [output, setOutput] = useState(rule.details.output ?? '');
  const [priority, setPriority] = useState((rule.details.priority ?? 'WARNING').toUpperCase());
  const [tags, setTags] = useState(rule.tags.join(', '));
  const [error, setError] = useState('');
  const [fault, setFault] = useState<Place>();
  const [busy, setBusy] = useState(false);
  const ready = name.trim() !== '' && condition.trim() !== '';
  const body = {
    name,
    description: description.trim() || name,
    tags: tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
    details: {
      ...rule.details,
      ruleType: 'FALCO',
      source: rule.details.source ?? 'syscall',
      condition: { condition },
      output,
      priority,
    },
  };
  const told = useRef(onChange);
  told.current = onChange;
  const written = JSON.stringify(body);
  useEffect(
    () => told.current({ name, body: JSON.parse(written) as RuleDraft['body'] }),
    [name, written],
  );
  // An output is asked for at Save; until then the condition is what is looked at.
  const checked = { ...body, details: { ...body.details, output: output || 'x' } };
  useChecked(checked, ready, (message) => {
    setFault(message === '' ? undefined : placeIn(message, name, condition));
    setError(message === '' ? '' : faults(message));
  });
  const save = async () => {
    setBusy(true);
    setError('');
    setFault(undefined);
    try {
      await call(old ? 'PUT' : 'POST', `/api/secure/rules${old ? `/${old.id}` : ''}`, {
        ...body,
        ...(old ? { version: old.version } : {}),
      });
      await queries.invalidateQueries({ queryKey: ['rules'] });
      tell(t.saved);
      go(`/library/rules/${encodeURIComponent(name)}`);
    } catch (e) {
      const message = e instanceof ApiError ? e.message : String(e);
      setFault(placeIn(message, name, condition));
      setError(faults(message));
      setBusy(false);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <TextField
        label={c.name}
        value={name}
        required
        disabled={old !== undefined}
        placeholder={t.namePlaceholder}
        onChange={(e) => setName(e.target.value)}
      />
      <TextField
        label={c.description}
        value={description}
        onChange={(e) => setDescription(e.target.value)}
      />
      <div className="field">
        <label>{t.condition}</label>
        <Suspense fallback={<Loading rows={2} />}>
          <Editor label={t.condition} value={condition} onChange={setCondition} fault={fault} />
        </Suspense>
        <div className="hint">{t.conditionHint}</div>
        {error && (
          <pre className="wrong machine" role="alert">
            {error}
          </pre>
        )}
      </div>
      <TextField
        label={t.output}
        hint={t.outputHint}
        className="machine"
        value={output}
        required
        onChange={(e) => setOutput(e.target.value)}
      />
      <div className="two">
        <SelectField
          label={t.priority}
          value={priority}
          options={PRIORITIES.map((value) => ({ value, label: value }))}
          onChange={(e) => setPriority(e.target.value)}
        />
        <TextField
          label={t.tags}
          hint={t.tagsHint}
          value={tags}
          onChange={(e) => setTags(e.target.value)}
        />
      </div>
      <TestBench rule={checked} ready={ready} />
      <div className="row">
        <Button kind="primary" type="submit" busy={busy} disabled={!ready}>
          {c.save}
        </Button>
        <Link className="button" href="/library/rules">
          {c.cancel}
        </Link>
      </div>
    </form>
  );
}

const QUIET_MS = 900;
const TINY_MS = 1000;

/** Has the server's loader look at a rule whenever its writer pauses; an empty message is good news. */
function useChecked(
  body: { name: string; details: object },
  ready: boolean,
  told: (message: string) => void,
) {
  const now = useRef(told);
  now.current = told;
  const text = JSON.stringify(body);
  const first = useRef(text);
  useEffect(() => {
    if (!ready || text === first.current) return;
    const asked = new AbortController();
    const timer = window.setTimeout(() => {
      const at = Date.now();
      const question = { rule: JSON.parse(text) as unknown, from: ns(at - TINY_MS), to: ns(at) };
      call('POST', '/api/v1/what-if/rule', question, asked.signal).then(
        () => now.current(''),
        (e: unknown) => {
          // Only what it says of the rule counts: a collector that cannot check says so at Save.
          if (e instanceof ApiError && e.status === 422) now.current(e.message);
        },
      );
    }, QUIET_MS);
    return () => {
      window.clearTimeout(timer);
      asked.abort();
    };
  }, [text, ready]);
}
