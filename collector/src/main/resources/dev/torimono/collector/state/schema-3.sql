-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- Filters that hide events which arrive while they hold. They stay when they have ended: events name them.

CREATE TABLE mute (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    filter TEXT NOT NULL,
    reason TEXT NOT NULL,
    expires INTEGER NOT NULL,
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a change was about, where its path does not say.
ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT '';
