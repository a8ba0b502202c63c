// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Observation;
import dev.torimono.model.Param;
import java.util.Arrays;

/** {@code evt.arg} and {@code evt.rawarg}: one parameter by name or position. */
final class ArgumentReader implements Reader {
    private static final byte NONE = -1;
    private static final byte UNASKED = -2;

    /** Parameter index per event type, found when the type is first seen. */
    private final byte[] params = new byte[EventType.count()];

    private final String name;
    private final int position;
    private final boolean raw;

    ArgumentReader(FieldUse use, boolean raw) {
        this.raw = raw;
        name = use.argument() == null ? "" : use.argument();
        position = use.dotted() ? NONE : Integer.parseInt(name);
        Arrays.fill(params, UNASKED);
    }

    private int param(EventType type) {
        int index = params[type.code()];
        if (index == UNASKED) {
            if (position == NONE) {
                index = type.paramIndex(name);
            } else {
                index = position < type.paramCount() ? position : NONE;
            }
            params[type.code()] = (byte) index;
        }
        return index;
    }

    @Override
    public boolean read(Observation o, Value value) {
        Event event = o.event();
        int param = param(event.type());
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
