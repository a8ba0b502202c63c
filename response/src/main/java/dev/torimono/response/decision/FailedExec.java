// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Event;

/** Tells an exec that did not come about: the process is still the caller. */
final class FailedExec {
    private FailedExec() {}

    static boolean is(Event event) {
        String name = event.type().name();
        if (!name.equals("execve") && !name.equals("execveat")) {
            return false;
        }
        int result = event.type().paramIndex("res");
        return result >= 0 && event.has(result) && event.number(result) < 0;
    }
}
