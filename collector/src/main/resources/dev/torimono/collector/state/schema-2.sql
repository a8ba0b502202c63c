-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- Notifications that are under way. A row goes when its channel has taken it, or never will.

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel INTEGER NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE INDEX delivery_by_due ON delivery (due);
