// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

/** The types a field's value can have, named as in Falco's field documentation. */
public enum FieldType {
    CHARBUF,
    FSPATH,
    FSRELPATH,
    BYTEBUF,
    BOOL,
    INT16,
    INT32,
    INT64,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    ERRNO,
    FD,
    PID,
    UID,
    GID,
    PORT,
    L4PROTO,
    SOCKFAMILY,
    RELTIME,
    ABSTIME,
    IPADDR,
    IPNET,
    DOUBLE,
    MODE,
    /** The type of the event parameter it names. */
    DYN
}
