// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

/** The types a field's value can have, named as in Falco's field documentation. */
public enum FieldType {
    CHARBUF(Form.TEXT),
    FSPATH(Form.TEXT),
    FSRELPATH(Form.TEXT),
    BYTEBUF(Form.BYTES),
    BOOL(Form.BOOL),
    INT16(Form.SIGNED),
    INT32(Form.SIGNED),
    INT64(Form.SIGNED),
    UINT8(Form.UNSIGNED),
    UINT16(Form.UNSIGNED),
    UINT32(Form.UNSIGNED),
    UINT64(Form.UNSIGNED),
    ERRNO(Form.SIGNED),
    FD(Form.SIGNED),
    PID(Form.SIGNED),
    UID(Form.UNSIGNED),
    GID(Form.UNSIGNED),
    PORT(Form.UNSIGNED),
    L4PROTO(Form.UNSIGNED),
    SOCKFAMILY(Form.UNSIGNED),
    RELTIME(Form.UNSIGNED),
    ABSTIME(Form.UNSIGNED),
    IPADDR(Form.ADDRESS),
    IPNET(Form.ADDRESS),
    DOUBLE(Form.DOUBLE),
    MODE(Form.UNSIGNED),
    /** The type of the event parameter it names. */
    DYN(Form.UNSIGNED);

    /** How {@link Value} holds a value of the type: as bytes, or as a number of 64 bits. */
    public enum Form {
        TEXT,
        BYTES,
        /** 4 or 16 bytes, in network order. */
        ADDRESS,
        /** 0 or 1. */
        BOOL,
        SIGNED,
        UNSIGNED,
        /** The bits of a double. */
        DOUBLE
    }

    private final Form form;

    FieldType(Form form) {
        this.form = form;
    }

    public Form form() {
        return form;
    }

    /** Whether numbers of the type are compared and read with a sign. */
    public boolean isSigned() {
        return form == Form.SIGNED || form == Form.DOUBLE;
    }
}
