// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import org.jspecify.annotations.Nullable;

/** The kinds of block in a capture; a version appends fields or gives each entry a length. */
enum BlockType {
    SECTION(1, 0x0A0D0D0A),
    MACHINE(1, 0x201, 0x8002ABCD),
    TASKS_V1(1, 0x202, 0x8000ABCD),
    TASKS_V2(2, 0x207, 0x8013ABCD),
    TASKS_V3(3, 0x209, 0x8014ABCD),
    TASKS_V4(4, 0x210),
    TASKS_V5(5, 0x211),
    TASKS_V6(6, 0x212),
    TASKS_V7(7, 0x213),
    TASKS_V8(8, 0x214),
    TASKS_V9(9, 0x215),
    FDS_V1(1, 0x203, 0x8001ABCD),
    FDS_V2(2, 0x218),
    INTERFACES_V1(1, 0x205, 0x8011ABCD),
    INTERFACES_V2(2, 0x219),
    USERS_V1(1, 0x206, 0x8012ABCD),
    USERS_V2(2, 0x220),
    EVENT_V1(1, 0x204, 0x8010ABCD),
    EVENT_V1_FLAGS(1, 0x208),
    EVENT_V2(2, 0x216),
    EVENT_V2_FLAGS(2, 0x217),
    EVENT_V2_LARGE(2, 0x221),
    EVENT_V2_LARGE_FLAGS(2, 0x222);

    private static final BlockType[] ALL = values();

    private final int version;
    private final int code;

    /** What a writer used before the format was released. */
    private final int oldCode;

    BlockType(int version, int code) {
        this(version, code, code);
    }

    BlockType(int version, int code, int oldCode) {
        this.version = version;
        this.code = code;
        this.oldCode = oldCode;
    }

    /** The type of a code; null for one unknown here. */
    static @Nullable BlockType of(int code) {
        if (code == EVENT_V2.code) {
            return EVENT_V2; // nearly every block
        }
        for (BlockType type : ALL) {
            if (type.code == code || type.oldCode == code) {
                return type;
            }
        }
        return null;
    }

    /** What writers put down. */
    int code() {
        return code;
    }

    int version() {
        return version;
    }

    boolean isEvent() {
        return compareTo(EVENT_V1) >= 0;
    }

    /** Whether a word of flags precedes the record. */
    boolean hasFlags() {
        return switch (this) {
            case EVENT_V1_FLAGS, EVENT_V2_FLAGS, EVENT_V2_LARGE_FLAGS -> true;
            case SECTION,
                    MACHINE,
                    TASKS_V1,
                    TASKS_V2,
                    TASKS_V3,
                    TASKS_V4,
                    TASKS_V5,
                    TASKS_V6,
                    TASKS_V7,
                    TASKS_V8,
                    TASKS_V9,
                    FDS_V1,
                    FDS_V2,
                    INTERFACES_V1,
                    INTERFACES_V2,
                    USERS_V1,
                    USERS_V2,
                    EVENT_V1,
                    EVENT_V2,
                    EVENT_V2_LARGE ->
                    false;
        };
    }
}
