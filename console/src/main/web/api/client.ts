// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

import { reached } from './reach';

/** What the collector answered instead of what was asked. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Told when a call finds that nobody is logged in any more. */
export const LOGGED_OUT = 'torimono:logged-out';

/** Calls whose 401 is an answer, not news. */
const ASKS_WHO = new Set(['/api/v1/login', '/api/v1/me']);

export type Query = Record<string, string | number | undefined>;

export function path(base: string, query: Query = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? base : `${base}?${parts.join('&')}`;
}

/** Calls the API with the session's cookie; gives its JSON, or throws an ApiError. */
export async function call<T>(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await send(method, url, body, signal);
  const text = await response.text();
  // Times are ns since the epoch: more digits than a number of JavaScript keeps. What is lost is
  // below a microsecond; ids and cursors are texts.
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function send(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      signal: signal ?? null,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'X-Torimono-Csrf': '1',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch (e) {
    if (signal?.aborted) throw e;
    reached(false);
    throw new ApiError(0, 'unreachable', 'the collector cannot be reached');
  }
  reached(true);
  if (response.ok) return response;
  const error = await failure(response);
  if (error.status === 401 && !ASKS_WHO.has(url)) {
    window.dispatchEvent(new Event(LOGGED_OUT));
  }
  throw error;
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as { code?: string; message?: string };
    return new ApiError(response.status, body.code ?? 'error', body.message ?? 'refused');
  } catch {
    return new ApiError(response.status, 'error', `HTTP ${response.status}`);
  }
}
