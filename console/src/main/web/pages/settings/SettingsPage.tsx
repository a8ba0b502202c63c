// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import '../agents/agents.css';
import './settings.css';
import { useLocation } from 'wouter';
import { useWords } from '../../i18n/language';
import { Tabs } from '../../parts/Tabs';
import { useMe } from '../../shell/me';
import { Accounts } from './Accounts';
import { Channels } from './Channels';
import { Forwarders } from './forward/Forwarders';
import { Keeping } from './Keeping';
import { Keys } from './Keys';
import { Mine } from './Mine';
import { Mutes } from './Mutes';
import { Rollout } from './rollout/Rollout';
import { Tokens } from './Tokens';
import { settingsWords } from './words';

const ALL = [
  'channels',
  'forwarders',
  'rollout',
  'keeping',
  'accounts',
  'tokens',
  'keys',
  'mutes',
  'mine',
] as const;
const FOR_ALL: readonly string[] = ['keeping', 'mutes', 'mine'];

export function SettingsPage({ params }: { params: { tab?: string } }) {
  const t = useWords(settingsWords);
  const me = useMe();
  const [, go] = useLocation();
  const tabs = ALL.filter((tab) => me.may('admin') || FOR_ALL.includes(tab));
  const chosen = tabs.find((tab) => tab === params.tab) ?? tabs[0] ?? 'mine';
  return (
    <div className="page settings">
      <header className="page-head">
        <h1 className="grow">{t.title}</h1>
      </header>
      <Tabs
        label={t.title}
        tabs={tabs.map((key) => ({ key, label: t[key] }))}
        chosen={chosen}
        onChoose={(key) => go(`/settings/${key}`, { replace: true })}
      >
        {chosen === 'channels' && <Channels />}
        {chosen === 'forwarders' && <Forwarders />}
        {chosen === 'rollout' && <Rollout />}
        {chosen === 'keeping' && <Keeping />}
        {chosen === 'accounts' && <Accounts />}
        {chosen === 'tokens' && <Tokens />}
        {chosen === 'keys' && <Keys />}
        {chosen === 'mutes' && <Mutes />}
        {chosen === 'mine' && <Mine />}
      </Tabs>
    </div>
  );
}
