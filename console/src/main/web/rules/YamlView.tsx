// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './rules.css';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { call } from '../api/client';
import type { YamlDraft, YamlFault, YamlItem, YamlKept } from '../api/drafts';
import { common } from '../i18n/common';
import { useWords } from '../i18n/language';
import { Button } from '../parts/Button';
import { Machine } from '../parts/Machine';
import { Loading } from '../parts/States';
import { faultRange } from './faults';
import { yamlWords } from './yaml-view-words';

const Editor = lazy(() => import('./editor/YamlEditor').then((of) => ({ default: of.YamlEditor })));

const QUIET_MS = 500;

interface Props {
  text: string;
  policies?: boolean;
  /** The text is there to be filled in: nothing is wrong with it before somebody wrote. */
  template?: boolean;
  /** The document that the text is an edition of; 0 for none. */
  replaces: number;
  /** Told whenever the text was read. */
  onRead?: (draft: YamlDraft) => void;
  onSaved: (items: YamlKept['items']) => void;
  /** What stands between the text and its buttons, for what was read. */
  children?: (items: YamlItem[]) => ReactNode;
  cancel?: ReactNode;
}

/** Rules or policies as YAML: looked at by the server's loader as they are written, and kept. */
export function YamlView({ text: start, policies = false, replaces, ...props }: Props) {
  const t = useWords(yamlWords);
  const c = useWords(common);
  const queries = useQueryClient();
  const [text, setText] = useState(start);
  const [go, setGo] = useState<{ at: number }>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');
  const { draft, asked, problem, readAgain } = useRead(text, policies, replaces, props.onRead);
  const untouched = props.template === true && text === start;
  const wrong = draft?.faults.some((fault) => fault.severity === 'error') ?? false;
  const faults = untouched ? [] : (draft?.faults ?? []);
  const items = draft?.items ?? [];
  const save = async () => {
    setBusy(true);
    setFailed('');
    try {
      // All of it or nothing; what somebody else changed since it was read is not written over.
      const seen = items.filter((one) => one.id !== 0).map(({ id, version }) => ({ id, version }));
      const edition = { kind: policies ? 'policy' : 'rule', text, replaces, seen };
      const kept = await call<YamlKept>('PUT', '/api/v1/yaml', edition);
      await Promise.all(
        ['rules', 'macros', 'lists', 'policies'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
      props.onSaved(kept.items);
    } catch (e) {
      setFailed(e instanceof Error ? e.message : String(e));
      // What was kept meanwhile may have made it wrong: its faults then stand in the text.
      readAgain();
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack yaml">
      <Suspense fallback={<Loading rows={4} />}>
        <Editor
          label={t.label}
          value={text}
          onChange={setText}
          policies={policies}
          faults={faults}
          go={go}
        />
      </Suspense>
      <p className="hint">{t.hint}</p>
      <div role="status" aria-live="polite">
        {problem !== '' ? (
          <p className="wrong">{problem}</p>
        ) : asked ? (
          <p className="dim">{t.asking}</p>
        ) : untouched ? (
          <p className="dim">{t.fillIn}</p>
        ) : faults.length === 0 && items.length > 0 ? (
          <p className="good">{t.sound(items.length)}</p>
        ) : (
          <Faults faults={faults} onGo={(fault) => setGo({ at: faultRange(text, fault).from })} />
        )}
      </div>
      {!wrong && items.length > 0 && props.children?.(items)}
      {failed !== '' && (
        <pre className="wrong machine" role="alert">
          {failed}
        </pre>
      )}
      <div className="row">
        <Button
          kind="primary"
          busy={busy}
          disabled={wrong || asked || items.length === 0}
          onClick={() => void save()}
        >
          {c.save}
        </Button>
        {props.cancel}
      </div>
    </div>
  );
}

function Faults({ faults, onGo }: { faults: YamlFault[]; onGo: (fault: YamlFault) => void }) {
  const t = useWords(yamlWords);
  return (
    <ul className="faults">
      {faults.map((fault, at) => (
        <li key={at}>
          <span className={`badge ${fault.severity === 'error' ? 'bad' : 'calm'}`}>
            {t[fault.severity]}
          </span>{' '}
          {fault.line > 0 && (
            <button type="button" className="link" onClick={() => onGo(fault)}>
              {t.place(fault.line, fault.column)}
            </button>
          )}{' '}
          <Machine>{fault.message}</Machine>
        </li>
      ))}
    </ul>
  );
}

/** Has the server read a text whenever its writer pauses; `asked` until it has read the present one. */
function useRead(
  text: string,
  policies: boolean,
  replaces: number,
  told: ((draft: YamlDraft) => void) | undefined,
) {
  const [read, setRead] = useState<{ text: string; draft: YamlDraft }>();
  const [problem, setProblem] = useState('');
  const [times, setTimes] = useState(0);
  const now = useRef(told);
  now.current = told;
  useEffect(() => {
    const asking = new AbortController();
    const timer = window.setTimeout(() => {
      const question = { kind: policies ? 'policy' : 'rule', text, replaces };
      call<YamlDraft>('POST', '/api/v1/yaml/read', question, asking.signal).then(
        (draft) => {
          setProblem('');
          setRead({ text, draft });
          now.current?.(draft);
        },
        (e: unknown) => {
          if (!asking.signal.aborted) setProblem(e instanceof Error ? e.message : String(e));
        },
      );
    }, QUIET_MS);
    return () => {
      window.clearTimeout(timer);
      asking.abort();
    };
  }, [text, policies, replaces, times]);
  const readAgain = () => setTimes((old) => old + 1);
  return { draft: read?.draft, asked: read?.text !== text, problem, readAgain };
}
