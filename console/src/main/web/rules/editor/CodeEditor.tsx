// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { autocompletion, completionKeymap, type CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  syntaxHighlighting,
  type StreamLanguage,
} from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

const style = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: '700' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.propertyName, color: 'var(--low)' },
  { tag: tags.variableName, color: 'var(--accent)' },
  { tag: tags.definition(tags.propertyName), color: 'var(--high)' },
  { tag: tags.comment, color: 'var(--dim)' },
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
  '.cm-gutters': {
    backgroundColor: 'var(--sunk)',
    color: 'var(--dim)',
    border: 'none',
    borderRadius: 'var(--radius) 0 0 var(--radius)',
  },
  // In place of pictures that the library keeps in data: addresses, which our policy for content refuses.
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--high) 1px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--medium) 1px',
  },
  '.cm-lint-marker': { width: '0.8em', height: '0.8em', marginTop: '0.3em' },
  '.cm-lint-marker-error': {
    content: 'normal',
    backgroundColor: 'var(--high)',
    borderRadius: '50%',
  },
  '.cm-lint-marker-warning': {
    content: 'normal',
    backgroundColor: 'var(--medium)',
    clipPath: 'polygon(50% 0, 100% 100%, 0 100%)',
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
  language: StreamLanguage<unknown>;
  complete: CompletionSource;
  /** Places of the text as it is; those beyond its end are moved to it. */
  diagnostics: readonly Diagnostic[];
  /** Where the cursor is to go; a new object for each time. */
  go?: { at: number } | undefined;
  numbered?: boolean;
}

/** A text that is edited, completed and marked; it takes its first value and keeps its text itself. */
export function CodeEditor(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const now = useRef(props);
  now.current = props;
  useEffect(() => {
    const { label, value, language, numbered } = now.current;
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
          ...(numbered ? [lineNumbers(), lintGutter()] : []),
          history(),
          language,
          bracketMatching(),
          syntaxHighlighting(style),
          look,
          autocompletion({ override: [(at) => now.current.complete(at)], icons: false }),
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
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const length = editor.state.doc.length;
    const marks = props.diagnostics.map((one) => ({
      ...one,
      from: Math.min(one.from, length),
      to: Math.min(one.to, length),
    }));
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [props.diagnostics]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || !props.go) return;
    const at = Math.min(props.go.at, editor.state.doc.length);
    editor.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    editor.focus();
  }, [props.go]);
  return <div ref={place} className="editor" />;
}
