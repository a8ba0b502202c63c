// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.EventType;
import dev.torimono.model.Param;
import dev.torimono.model.ParamType;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.Span;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every parameter name of the event schema. */
public final class Parameters {
    private static final Map<String, ParamType> FIRST_TYPES = new HashMap<>();

    static {
        for (EventType type : EventType.all()) {
            for (int i = 0; i < type.paramCount(); i++) {
                Param param = type.param(i);
                FIRST_TYPES.putIfAbsent(param.name(), param.type());
            }
        }
    }

    private Parameters() {}

    static void check(String name, Span span) {
        if (!FIRST_TYPES.containsKey(name)) {
            throw new RuleException(
                    RuleException.Kind.VALUE,
                    "evt.arg."
                            + name
                            + ": no event has such a parameter"
                            + Guess.among(name, FIRST_TYPES.keySet()),
                    span);
        }
    }

    /** Type of the parameter in the first event type that has one of that name. */
    public static @Nullable ParamType type(String name) {
        return FIRST_TYPES.get(name);
    }
}
