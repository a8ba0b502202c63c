// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Event;

/** Prints events for whoever looks into a failing test. */
final class Dump {
    private Dump() {}

    static String of(Event event) {
        StringBuilder text = new StringBuilder();
        text.append(event.type()).append(" tid=").append(event.tid()).append('\n');
        for (int i = 0; i < event.paramCount(); i++) {
            boolean schema = i < event.type().paramCount();
            text.append("    ").append(schema ? event.type().param(i).name() : "ext");
            text.append('[').append(event.length(i)).append("] ");
            if (schema && event.type().param(i).type().numeric()) {
                text.append(event.number(i));
            } else if (schema && event.type().param(i).type().text()) {
                text.append(event.text(i));
            } else {
                for (byte b : event.bytes(i)) {
                    text.append(
                            b >= 32 && b < 127
                                    ? String.valueOf((char) b)
                                    : String.format("\\%02x", b));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }
}
