// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Observation;
import dev.torimono.model.Param;

/** {@code evt.arg} and {@code evt.rawarg}: one parameter by name or position. */
final class ArgumentReader implements Reader {
    /** Parameter index per event type; -1 where the type has none. */
    private final byte[] params = new byte[EventType.count()];

    private final boolean raw;

    ArgumentReader(FieldUse use, boolean raw) {
        this.raw = raw;
        String argument = use.argument() == null ? "" : use.argument();
        for (EventType type : EventType.all()) {
            int index;
            if (use.dotted()) {
                index = type.paramIndex(argument);
            } else {
                int position = Integer.parseInt(argument);
                index = position < type.paramCount() ? position : -1;
            }
            params[type.code()] = (byte) index;
        }
    }

    @Override
    public boolean read(Observation o, Value value) {
        Event event = o.event();
        int param = params[event.type().code()];
        if (param < 0 || param >= event.paramCount()) {
            return false;
        }
        return raw ? raw(event, param, value) : text(o, param, value);
    }

    private static boolean text(Observation o, int param, Value value) {
        Event event = o.event();
        Param schema = event.type().param(param);
        if (schema.flags() != null && event.has(param)) {
            value.begin();
            if (ParamText.flags(event, param, value)) {
                return value.end();
            }
        }
        return ParamText.best(o, param, value);
    }

    private static boolean raw(Event event, int param, Value value) {
        Param schema = event.type().param(param);
        if (schema.type().numeric()) {
            return event.has(param) && value.number(event.number(param));
        }
        if (schema.type().text()) {
            return event.has(param)
                    && value.begin().append(event, param, 0, event.textLength(param, 0)).end();
        }
        return event.has(param) && value.begin().append(event, param, 0, event.length(param)).end();
    }
}
