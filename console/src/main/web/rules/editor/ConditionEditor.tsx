// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { autocompletion, completionKeymap, type CompletionContext } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  StreamLanguage,
  syntaxHighlighting,
} from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { useNames } from '../catalogue';
import type { Place } from '../faults';
import { FIELDS } from './fields';

const OPERATORS =
  'and or not in intersects pmatch contains icontains startswith endswith glob iglob regex exists'.split(
    ' ',
  );

const language = StreamLanguage.define({
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    const word = stream.match(/^[A-Za-z_][\w.-]*(\[[^\]]*\])?/) as RegExpMatchArray | null;
    if (word) {
      if (OPERATORS.includes(word[0].toLowerCase())) return 'keyword';
      return /^[a-z0-9]+\./.test(word[0]) ? 'propertyName' : 'variableName';
    }
    if (stream.match(/^\d+/)) return 'number';
    stream.next();
    return null;
  },
});

const style = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: '700' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.propertyName, color: 'var(--low)' },
  { tag: tags.variableName, color: 'var(--accent)' },
]);

const look = EditorView.theme({
  '&': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface)',
    fontSize: '13px',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-1px' },
  '.cm-content': {
    fontFamily: 'var(--mono)',
    padding: '8px',
    minHeight: '110px',
    caretColor: 'var(--text)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line)',
    color: 'var(--text)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--chosen)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': { color: 'var(--dim)', fontStyle: 'normal' },
  '&.cm-focused .cm-selectionBackground, ::selection': { backgroundColor: 'var(--chosen)' },
});

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault?: Place | undefined;
}

/** A condition with completion of fields, macros, lists and operators, and faults where they are. */
export function ConditionEditor({ label, value, onChange, fault }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const names = useNames();
  const now = useRef({ onChange, names });
  now.current = { onChange, names };

  useEffect(() => {
    const complete = (context: CompletionContext) => {
      const word = context.matchBefore(/[\w.-]+/);
      if (!word && !context.explicit) return null;
      const { macros, lists } = now.current.names;
      return {
        from: word?.from ?? context.pos,
        validFor: /^[\w.-]*$/,
        options: [
          ...FIELDS.map((field) => ({
            label: field.name,
            type: 'property',
            detail: field.type,
            info: field.about,
          })),
          ...[...macros].map((name) => ({ label: name, type: 'function', detail: 'macro' })),
          ...[...lists].map((name) => ({ label: name, type: 'constant', detail: 'list' })),
          ...OPERATORS.map((name) => ({ label: name, type: 'keyword' })),
        ],
      };
    };
    // The policy for content lets no style in but with the page's number.
    const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
    const editor = new EditorView({
      parent: place.current ?? undefined,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.lineWrapping,
          history(),
          language,
          bracketMatching(),
          syntaxHighlighting(style),
          look,
          autocompletion({ override: [complete], icons: false }),
          // Tab is left alone: it leads on, as everywhere.
          keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    } as ConstructorParameters<typeof EditorView>[0]);
    view.current = editor;
    return () => editor.destroy();
    // The editor keeps its text itself; it is made once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const marks = fault
      ? [
          {
            from: Math.min(fault.from, length),
            to: Math.min(wordEnd(editor.state.doc.toString(), fault.from), length),
            severity: 'error' as const,
            message: fault.message,
          },
        ]
      : [];
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [fault]);
  return <div ref={place} className="editor" />;
}

function wordEnd(text: string, from: number): number {
  const word = /^[\w.[\]-]+|^./.exec(text.slice(from));
  return from + (word?.[0].length ?? 1);
}
