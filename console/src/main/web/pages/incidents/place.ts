// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { Incident } from '../../api/events';

/** Host, pod and image, as far as they are known. */
export function place(
  of: Pick<Incident, 'hostName' | 'namespace' | 'pod' | 'image' | 'process'>,
): string {
  const pod = of.pod ? [of.namespace, of.pod].filter((part) => part !== '').join('/') : '';
  return [of.hostName, pod, of.image, of.pod || of.image ? '' : of.process]
    .filter((part) => part !== '')
    .join(' · ');
}
