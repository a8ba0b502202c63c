// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import type { SecureEvent } from '../api/events';
import { Machine } from '../parts/Machine';
import { place } from './sentence';

/** Container and image, or host; short. */
export function Where({ event }: { event: SecureEvent }) {
  const image = event.labels['container.image.repo'];
  return (
    <span className="where">
      <Machine max={28}>{place(event)}</Machine>
      {image !== undefined && event.containerId !== '' && (
        <>
          <span className="dim"> / </span>
          <Machine max={28} className="dim">
            {image}
          </Machine>
        </>
      )}
    </span>
  );
}
