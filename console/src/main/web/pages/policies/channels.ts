// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client';

interface Channel {
  id: number;
  name: string;
  type: string;
}

export const useChannels = () =>
  useQuery({
    queryKey: ['channels'],
    queryFn: () =>
      call<{ notificationChannels: Channel[] }>('GET', '/api/notificationChannels').then(
        (answer) => answer.notificationChannels,
      ),
  });
