// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
// In this order: later ones refine what earlier ones say.
import './look/controls.css';
import './look/marks.css';
import './look/layers.css';
import './look/layout.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { ApiError, call, LOGGED_OUT } from './api/client';
import type { Account } from './api/access';
import { useWords } from './i18n/language';
import { Boundary } from './parts/Boundary';
import { Failure, Loading } from './parts/States';
import { LoginPage } from './pages/login/LoginPage';
import { EventsPage } from './pages/events/EventsPage';
import { Me } from './shell/me';
import { Shell, type Place } from './shell/Shell';
import { shellWords } from './shell/words';

// Each place is a folder under pages and a file of its own in the browser, loaded when it is opened.
const PLACES: Place[] = [
  'overview',
  'events',
  'incidents',
  'policies',
  'library',
  'agents',
  'activity',
  'settings',
];

const OverviewPage = lazy(() =>
  import('./pages/overview/OverviewPage').then((place) => ({ default: place.OverviewPage })),
);
const PoliciesPage = lazy(() =>
  import('./pages/policies/PoliciesPage').then((place) => ({ default: place.PoliciesPage })),
);
const PolicyPage = lazy(() =>
  import('./pages/policies/PolicyPage').then((place) => ({ default: place.PolicyPage })),
);
const PolicyYamlPage = lazy(() =>
  import('./pages/policies/PolicyPage').then((place) => ({ default: place.PolicyYamlPage })),
);
const NewPolicyPage = lazy(() =>
  import('./pages/policies/PolicyPage').then((place) => ({ default: place.NewPolicyPage })),
);
const LibraryPage = lazy(() =>
  import('./pages/library/LibraryPage').then((place) => ({ default: place.LibraryPage })),
);
const RulePage = lazy(() =>
  import('./pages/library/RulePage').then((place) => ({ default: place.RulePage })),
);
const MacroPage = lazy(() =>
  import('./pages/library/RulePage').then((place) => ({ default: place.MacroPage })),
);
const YamlPage = lazy(() =>
  import('./pages/library/YamlPage').then((place) => ({ default: place.YamlPage })),
);
const RuleEditorPage = lazy(() =>
  import('./pages/library/RuleEditor').then((place) => ({ default: place.RuleEditorPage })),
);
const EventPage = lazy(() =>
  import('./pages/event/EventPage').then((place) => ({ default: place.EventPage })),
);
const IncidentsPage = lazy(() =>
  import('./pages/incidents/IncidentsPage').then((place) => ({ default: place.IncidentsPage })),
);
const IncidentPage = lazy(() =>
  import('./pages/incidents/IncidentPage').then((place) => ({ default: place.IncidentPage })),
);
const AgentsPage = lazy(() =>
  import('./pages/agents/AgentsPage').then((place) => ({ default: place.AgentsPage })),
);
const AgentPage = lazy(() =>
  import('./pages/agents/AgentPage').then((place) => ({ default: place.AgentPage })),
);
const ConnectPage = lazy(() =>
  import('./pages/agents/ConnectPage').then((place) => ({ default: place.ConnectPage })),
);
const ActivityPage = lazy(() =>
  import('./pages/activity/ActivityPage').then((place) => ({ default: place.ActivityPage })),
);
const SettingsPage = lazy(() =>
  import('./pages/settings/SettingsPage').then((place) => ({ default: place.SettingsPage })),
);

export function App() {
  const queries = useQueryClient();
  const [at] = useLocation();
  const me = useQuery({
    queryKey: ['me'],
    queryFn: () => call<Account>('GET', '/api/v1/me'),
    staleTime: Infinity,
  });
  useEffect(() => {
    const ended = () => void queries.invalidateQueries({ queryKey: ['me'] });
    window.addEventListener(LOGGED_OUT, ended);
    return () => window.removeEventListener(LOGGED_OUT, ended);
  }, [queries]);
  const loggedOut = me.error instanceof ApiError && me.error.status === 401;
  if (loggedOut) {
    return <LoginPage onLogin={(account) => queries.setQueryData(['me'], account)} />;
  }
  if (me.isPending) return <Loading rows={1} />;
  if (!me.data) return <Failure error={me.error} retry={() => void me.refetch()} />;
  return (
    <Me.Provider value={me.data}>
      <Shell places={PLACES}>
        <Boundary at={at}>
          <Suspense fallback={<Loading />}>
            <Places />
          </Suspense>
        </Boundary>
      </Shell>
    </Me.Provider>
  );
}

function Places() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/events" replace />
      </Route>
      <Route path="/overview" component={OverviewPage} />
      <Route path="/events" component={EventsPage} />
      <Route path="/events/:id" component={EventPage} />
      <Route path="/incidents" component={IncidentsPage} />
      <Route path="/incidents/:id" component={IncidentPage} />
      <Route path="/policies" component={PoliciesPage} />
      <Route path="/policies/new/yaml" component={PolicyYamlPage} />
      <Route path="/policies/new/:type" component={NewPolicyPage} />
      <Route path="/policies/:id" component={PolicyPage} />
      <Route path="/library" component={LibraryPage} />
      <Route path="/library/new-rule" component={RuleEditorPage} />
      <Route path="/library/yaml" component={YamlPage} />
      <Route path="/library/rules/:name" component={RulePage} />
      <Route path="/library/rules/:name/edit" component={RuleEditorPage} />
      <Route path="/library/macros/:name" component={MacroPage} />
      <Route path="/library/:kind" component={LibraryPage} />
      <Route path="/agents" component={AgentsPage} />
      <Route path="/agents/connect" component={ConnectPage} />
      <Route path="/agents/:id" component={AgentPage} />
      <Route path="/activity/:tab?" component={ActivityPage} />
      <Route path="/settings/:tab?" component={SettingsPage} />
      <Route component={NotFound} />
    </Switch>
  );
}

function NotFound() {
  const t = useWords(shellWords);
  return (
    <div className="page">
      <h1>{t.notFound}</h1>
      <p>
        <Link href="/events">{t.toEvents}</Link>
      </p>
    </div>
  );
}
