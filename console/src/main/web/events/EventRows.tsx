// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { Link } from 'wouter';
import type { SecureEvent } from '../api/events';
import { Severity } from '../parts/Severity';
import { Time } from '../parts/Time';
import { ms } from '../parts/time';
import { OutcomeBadges } from './Badges';
import { SentenceText } from './SentenceText';
import { Name } from '../parts/Name';

const SENTENCE = 120;

/** Events as a table: when, what, and what came of it. */
export function EventRows({ events }: { events: SecureEvent[] }) {
  return (
    <div className="list">
      <table>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td>
                <Severity severity={event.severity} />
              </td>
              <td>
                <Time at={ms(event.timestamp)} />
              </td>
              <td>
                <Link href={`/events/${event.id}`}>
                  <Name>{event.content.ruleName}</Name>
                </Link>
                <div className="dim">
                  <SentenceText event={event} max={SENTENCE} />
                </div>
              </td>
              <td>
                <OutcomeBadges event={event} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
