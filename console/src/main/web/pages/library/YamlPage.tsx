// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../../rules/rules.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from 'wouter';
import { call } from '../../api/client';
import type { FalcoList, Macro } from '../../api/catalog';
import { common } from '../../i18n/common';
import { useWords } from '../../i18n/language';
import { Icon } from '../../parts/Icon';
import { Failure, Loading } from '../../parts/States';
import { tell } from '../../parts/Toast';
import { yamlWords } from '../../rules/yaml-view-words';
import { YamlView } from '../../rules/YamlView';
import { TestBench } from './TestBench';
import { libraryWords } from './words';

const TEMPLATE = `- rule: 
  desc: 
  condition: >
    evt.type in (execve, execveat) and container.id != host
  output: "%proc.cmdline by %user.name in %container.name"
  priority: WARNING
  tags: []
`;

const PLACES = { macro: '/api/secure/falco/macros', list: '/api/secure/falco/lists' } as const;

/** A macro or list as YAML, or as many new items of a rules file as somebody pastes. */
export function YamlPage() {
  const t = useWords(libraryWords);
  const y = useWords(yamlWords);
  const c = useWords(common);
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const kind = search.has('macro') ? 'macro' : search.has('list') ? 'list' : undefined;
  const id = Number(kind ? search.get(kind) : 0);
  const written = useQuery({
    queryKey: ['yaml', kind, id],
    queryFn: async () => {
      if (!kind) return TEMPLATE;
      const document = await call<Macro | FalcoList>('GET', `${PLACES[kind]}/${id}`);
      const body = { kind, name: document.name, body: document };
      return (await call<{ text: string }>('POST', '/api/v1/yaml/write', body)).text;
    },
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <div className="page narrow">
      <Link href={kind ? `/library/${kind}s` : '/library'} className="back">
        <Icon name="left" size={14} /> {t.back}
      </Link>
      <header className="page-head">
        <div className="grow">
          <h1>{kind ? y.editYaml : y.newYaml}</h1>
          {!kind && <p>{y.newYamlIntro}</p>}
        </div>
      </header>
      {written.isPending ? (
        <Loading />
      ) : written.isError ? (
        <Failure error={written.error} retry={() => void written.refetch()} />
      ) : (
        <YamlView
          text={written.data}
          replaces={id}
          template={!kind}
          onSaved={(items) => {
            tell(y.saved(items.length));
            go(
              `/library/${(items.find((one) => one.kind === 'rule') ?? items[0])?.kind ?? 'rule'}s`,
            );
          }}
          cancel={
            <Link className="button" href="/library">
              {c.cancel}
            </Link>
          }
        >
          {(items) => {
            const rule = items.find((one) => one.kind === 'rule');
            return rule && <TestBench rule={{ ...rule.body, name: rule.name }} ready />;
          }}
        </YamlView>
      )}
    </div>
  );
}
