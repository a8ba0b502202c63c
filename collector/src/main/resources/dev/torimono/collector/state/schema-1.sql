-- SPDX-License-Identifier: Apache-2.0
-- Copyright The Torimono Authors
-- Times are ms since the epoch. Secrets of others are kept as hashes only.

CREATE TABLE account (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT;

CREATE TABLE access_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    hostname TEXT NOT NULL,
    facts TEXT NOT NULL,
    enrolled INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Policies, rules, lists, macros, channels: a document each, with every version it had.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    modified INTEGER NOT NULL
) STRICT;

CREATE INDEX document_by_name ON document (kind, name);

CREATE TABLE document_history (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body TEXT,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL
) STRICT;
