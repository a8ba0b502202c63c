// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { call } from '../api/client';
import type { EventStatus, SecureEvent } from '../api/events';

export function setStatus(id: string, status: EventStatus, reason = ''): Promise<SecureEvent> {
  return call('PUT', `/api/v1/events/${encodeURIComponent(id)}/state`, { status, reason });
}

export function comment(id: string, text: string): Promise<SecureEvent> {
  return call('POST', `/api/v1/events/${encodeURIComponent(id)}/comments`, { text });
}
