-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- What agents found of their machines, and views that people gave a name.

CREATE TABLE diagnosis (
    agent TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    problems INTEGER NOT NULL,
    notes INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    created INTEGER NOT NULL,
    UNIQUE (account, name)
) STRICT;
