-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- What people asked agents to do, and what came of it.

CREATE TABLE response (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    agent TEXT NOT NULL,
    hostname TEXT NOT NULL,
    parameters TEXT NOT NULL,
    account TEXT NOT NULL,
    caller TEXT NOT NULL,
    reason TEXT NOT NULL,
    event TEXT NOT NULL,
    dry INTEGER NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    outputs TEXT NOT NULL DEFAULT '{}',
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    delivered INTEGER NOT NULL DEFAULT 0,
    ended INTEGER NOT NULL DEFAULT 0,
    undo_of TEXT NOT NULL DEFAULT '',
    undone_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX response_by_status ON response (status, agent);

CREATE INDEX response_by_event ON response (event);
