// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../../rules/rules.css';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useWords } from '../../i18n/language';
import { Button } from '../../parts/Button';
import { Find } from '../../parts/Find';
import { Tabs } from '../../parts/Tabs';
import { yamlWords } from '../../rules/yaml-view-words';
import { useMe } from '../../shell/me';
import { AttackMap } from './AttackMap';
import { attackWords } from './attack-words';
import { Lists, Macros, Rules } from './Catalogues';
import { NewList } from './NewList';
import { NewMacro } from './NewMacro';
import { libraryWords } from './words';

const KINDS = ['rules', 'macros', 'lists', 'attack'] as const;
type Kind = (typeof KINDS)[number];

export function LibraryPage({ params }: { params: { kind?: string } }) {
  const t = useWords(libraryWords);
  const y = useWords(yamlWords);
  const a = useWords(attackWords);
  const me = useMe();
  const [, go] = useLocation();
  const kind: Kind = KINDS.find((one) => one === params.kind) ?? 'rules';
  const [find, setFind] = useState('');
  const [making, setMaking] = useState<Kind>();
  const make = { rules: t.newRule, macros: t.newMacro, lists: t.newList, attack: t.newRule }[kind];
  return (
    <div className="page">
      <header className="page-head">
        <div className="grow">
          <h1>{t.title}</h1>
          <p>{t.intro}</p>
        </div>
        {me.may('admin') && (
          <Link className="button" href="/library/yaml">
            {y.newYaml}
          </Link>
        )}
        {me.may('admin') && (
          <Button
            kind="primary"
            icon="plus"
            onClick={() =>
              kind === 'rules' || kind === 'attack' ? go('/library/new-rule') : setMaking(kind)
            }
          >
            {make}
          </Button>
        )}
      </header>
      <Tabs
        label={t.title}
        tabs={KINDS.map((key) => ({ key, label: key === 'attack' ? a.tab : t[key] }))}
        chosen={kind}
        onChoose={(key) => go(`/library/${key}`, { replace: true })}
      >
        <Find label={t.find} value={find} onChange={setFind} />
        {kind === 'rules' && <Rules find={find} />}
        {kind === 'macros' && <Macros find={find} />}
        {kind === 'lists' && <Lists find={find} />}
        {kind === 'attack' && <AttackMap find={find} />}
      </Tabs>
      {making === 'macros' && <NewMacro onClose={() => setMaking(undefined)} />}
      {making === 'lists' && <NewList onClose={() => setMaking(undefined)} />}
    </div>
  );
}
