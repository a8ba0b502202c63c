-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- Bodies of channels and forwarders are sealed from now on; those that are there, at the next start.

-- -1: the body is what is sent; else it is the event, and how many like it were held back.
ALTER TABLE delivery ADD COLUMN suppressed INTEGER NOT NULL DEFAULT -1;

-- How far each forwarder has come in the events, in order of their arrival.
CREATE TABLE forwarding (
    forwarder INTEGER PRIMARY KEY,
    arrival INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    lost INTEGER NOT NULL DEFAULT 0,
    delivered_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Everything that agents were ever to enforce, the newest with the highest number.
CREATE TABLE bundle (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    rules TEXT NOT NULL,
    policies TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- Settings that are changed while the collector runs.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- An agent's next token counts beside the one it has until it is first used.
ALTER TABLE agent ADD COLUMN next_hash BLOB;

ALTER TABLE agent ADD COLUMN token_since INTEGER NOT NULL DEFAULT 0;

UPDATE agent SET token_since = enrolled;
