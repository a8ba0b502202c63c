// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.Locale;

/**
 * {@code struct plan} of {@code abi/plan.h}: which argument becomes which parameter behind the
 * result, in a text such as {@code fd:0 u64:4 @fd:1}. Words are a kind and an argument (or a part);
 * one with {@code @} names the object; {@code links} says what becomes of a link at the end of its
 * path.
 */
final class CallPlan {
    static final int STEPS = 12;
    static final int BYTES = 16;

    private static final int OBJECT_AT = STEPS;
    private static final int LINKS_AT = STEPS + 1;

    /** Kinds in the order of {@code enum plan_kind}. */
    enum Kind {
        END,
        FD,
        U8,
        U16,
        U32,
        U64,
        TEXT,
        PATH,
        EMPTY,
        OFFSET,
        DATA,
        PIECE,
        PROTECTION,
        MAPPING,
        AT,
        DESCRIPTOR,
        OPEN,
        UNLOAD,
        NONBLOCK,
        USAGE,
        RING,
        RESULT,
        PAIR,
        SETTING,
        CAPABILITIES
    }

    /** Objects, valued as in {@code enum plan_object}. */
    enum Target {
        NONE(0),
        RESULT(1),
        FD(8),
        PATH(16),
        AT(24),
        MAPPED(32);

        private final int code;

        Target(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** In the order of {@code enum plan_links}. */
    enum Links {
        KEPT,
        FOLLOWED,
        AS_TOLD
    }

    private final byte[] bytes = new byte[BYTES];

    private CallPlan() {}

    static CallPlan of(String text) {
        CallPlan plan = new CallPlan();
        int step = 0;
        for (String word : text.split(" ")) {
            int colon = word.indexOf(':');
            String name = (colon < 0 ? word : word.substring(0, colon)).toUpperCase(Locale.ROOT);
            if (name.equals("LINKS")) {
                String links = word.substring(colon + 1).replace('-', '_').toUpperCase(Locale.ROOT);
                plan.bytes[LINKS_AT] = (byte) Links.valueOf(links).ordinal();
                continue;
            }
            int argument = colon < 0 ? 0 : Integer.parseInt(word.substring(colon + 1));
            if (name.startsWith("@")) {
                Target target = Target.valueOf(name.substring(1));
                plan.bytes[OBJECT_AT] = (byte) (target.code() + argument);
            } else {
                plan.bytes[step++] = (byte) (Kind.valueOf(name).ordinal() << 3 | argument);
            }
        }
        return plan;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
