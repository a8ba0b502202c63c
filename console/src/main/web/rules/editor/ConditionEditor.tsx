// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { CompletionContext } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import { useMemo } from 'react';
import { useNames } from '../catalogue';
import type { Place } from '../faults';
import { CodeEditor } from './CodeEditor';
import { conditionWords, OPERATORS } from './completions';

const language = StreamLanguage.define<unknown>({
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

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault?: Place | undefined;
}

/** A condition with completion of fields, macros, lists and operators, and faults where they are. */
export function ConditionEditor({ label, value, onChange, fault }: Props) {
  const names = useNames();
  const words = useMemo(() => conditionWords(names), [names]);
  const diagnostics = useMemo((): Diagnostic[] => {
    if (!fault) return [];
    const { from, message } = fault;
    return [{ from, to: wordEnd(value, from), severity: 'error', message }];
    // A fault is of the text as it was when it was told.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [fault]);
  const complete = (context: CompletionContext) => {
    const word = context.matchBefore(/[\w.-]+/);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, validFor: /^[\w.-]*$/, options: words };
  };
  return <CodeEditor {...{ label, value, onChange, language, complete, diagnostics }} />;
}

function wordEnd(text: string, from: number): number {
  const word = /^[\w.[\]-]+|^./.exec(text.slice(from));
  return from + (word?.[0].length ?? 1);
}
