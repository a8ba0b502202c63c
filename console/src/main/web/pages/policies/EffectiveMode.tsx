// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useWords } from '../../i18n/language';
import type { Effective } from './effective';
import { policyWords } from './words';

/** "prevent on 41, kill on 2", with who and why in the title. */
export function EffectiveMode({ of }: { of: Effective | undefined }) {
  const t = useWords(policyWords);
  if (!of) return <span className="dim">–</span>;
  const name = (mode: string) =>
    mode === 'prevent' || mode === 'kill' || mode === 'detect' ? t[mode] : mode;
  const less = of.agents.filter((agent) => agent.reason !== '');
  return (
    <span
      title={less
        .map((agent) => `${agent.hostName}: ${name(agent.effective)}: ${agent.reason}`)
        .join('\n')}
    >
      {Object.entries(of.summary)
        .filter(([, n]) => n > 0)
        .map(([mode, n]) => t.effectiveOn(name(mode), n))
        .join(', ') || '–'}
      {less.length > 0 && ' ⓘ'}
    </span>
  );
}
