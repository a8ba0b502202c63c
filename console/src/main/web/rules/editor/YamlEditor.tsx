// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { CompletionContext } from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Diagnostic } from '@codemirror/lint';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../../api/client';
import type { YamlFault } from '../../api/drafts';
import { useNames, useRules } from '../catalogue';
import { faultRange } from '../faults';
import { CodeEditor } from './CodeEditor';
import { OPERATORS } from './completions';
import { yamlPlace } from './yaml-place';
import { yamlWords, type Known } from './yaml-words';

const language = StreamLanguage.define<unknown>({
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^']|'')*'?/)) return 'string';
    if (stream.match(/^[\w-]+(?=:(\s|$))/)) return 'propertyName.definition';
    const word = stream.match(/^%?[A-Za-z_][\w.-]*(\[[^\]]*\])?/) as RegExpMatchArray | null;
    if (word) {
      if (OPERATORS.includes(word[0].toLowerCase())) return 'keyword';
      return /^%?[a-z0-9]+\./.test(word[0]) ? 'propertyName' : null;
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '#' } },
});

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  policies: boolean;
  faults: readonly YamlFault[];
  go?: { at: number } | undefined;
}

/** Rules or policies as YAML, completed from what the collector knows, and marked by its loader. */
export function YamlEditor({ label, value, onChange, policies, faults, go }: Props) {
  const known = useKnown(policies);
  const diagnostics = useMemo(
    (): Diagnostic[] =>
      faults
        .filter((fault) => fault.line > 0)
        .map((fault) => ({
          ...faultRange(value, fault),
          severity: fault.severity,
          message: fault.message,
        })),
    // Faults are of the text as it was when they were told.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [faults],
  );
  const complete = (context: CompletionContext) => {
    const word = context.matchBefore(/[\w.-]+/);
    if (!word && !context.explicit) return null;
    const text = context.state.doc.sliceString(0, context.pos);
    const options = yamlWords(yamlPlace(text, text.length), policies, known);
    return { from: word?.from ?? context.pos, validFor: /^[\w.-]*$/, options };
  };
  return (
    <CodeEditor {...{ label, value, onChange, language, complete, diagnostics, go }} numbered />
  );
}

function useKnown(policies: boolean): Known {
  const { macros, lists } = useNames();
  const rules = useRules().data;
  const scopeFields = useQuery({
    queryKey: ['scope-fields'],
    queryFn: () => call<string[]>('GET', '/api/v1/scopes/fields'),
    enabled: policies,
    staleTime: Infinity,
  }).data;
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: () =>
      call<{ notificationChannels: { id: number; name: string; type: string }[] }>(
        'GET',
        '/api/notificationChannels',
      ).then((answer) => answer.notificationChannels),
    enabled: policies,
  }).data;
  return useMemo(
    () => ({
      macros,
      lists,
      rules: (rules ?? []).map((rule) => rule.name),
      tags: [...new Set((rules ?? []).flatMap((rule) => rule.tags))].sort(),
      scopeFields: (scopeFields ?? []).map((name) => name.replace('[KEY]', '.')),
      channels: (channels ?? []).map((one) => one.name),
    }),
    [macros, lists, rules, scopeFields, channels],
  );
}
