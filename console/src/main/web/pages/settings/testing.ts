// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useState } from 'react';
import { call } from '../../api/client';
import { tell, tellError } from '../../parts/Toast';

/** Sends something to where news go, and tells whether it arrived. */
export function useTest(base: string, arrived: string, changed: () => unknown) {
  const [testing, setTesting] = useState(0);
  const test = (id: number) => {
    setTesting(id);
    call('POST', `${base}/${id}/test`)
      .then(() => tell(arrived), tellError)
      .finally(() => {
        setTesting(0);
        void changed();
      });
  };
  return { testing, test };
}
