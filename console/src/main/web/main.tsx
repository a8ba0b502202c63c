// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import './look/tokens.css';
import './look/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/client';
import { App } from './app';
import { language } from './i18n/language';
import { applyTheme } from './look/theme';

applyTheme();
document.documentElement.lang = language();

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused stays refused; what did not come may come yet.
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      staleTime: 5_000,
      refetchOnWindowFocus: false,
    },
  },
});

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the app');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
