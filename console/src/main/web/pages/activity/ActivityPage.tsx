// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './activity.css';
import { useLocation } from 'wouter';
import { useWords } from '../../i18n/language';
import { Empty } from '../../parts/States';
import { Tabs } from '../../parts/Tabs';
import { useMe } from '../../shell/me';
import { Audit } from './Audit';
import { Captures } from './Captures';
import { Responses } from './Responses';
import { activityWords } from './words';

const TABS = ['responses', 'captures', 'audit'] as const;

export function ActivityPage({ params }: { params: { tab?: string } }) {
  const t = useWords(activityWords);
  const me = useMe();
  const [, go] = useLocation();
  const chosen = TABS.find((tab) => tab === params.tab) ?? 'responses';
  return (
    <div className="page activity">
      <header className="page-head">
        <h1 className="grow">{t.title}</h1>
      </header>
      <Tabs
        label={t.title}
        tabs={TABS.map((key) => ({ key, label: t[key] }))}
        chosen={chosen}
        onChoose={(key) => go(`/activity/${key}`, { replace: true })}
      >
        {chosen === 'responses' &&
          (me.may('analyst') ? <Responses /> : <Empty title={t.analystsOnly} />)}
        {chosen === 'captures' &&
          (me.may('analyst') ? <Captures /> : <Empty title={t.analystsOnlyCaptures} />)}
        {chosen === 'audit' && (me.may('admin') ? <Audit /> : <Empty title={t.adminsOnly} />)}
      </Tabs>
    </div>
  );
}
