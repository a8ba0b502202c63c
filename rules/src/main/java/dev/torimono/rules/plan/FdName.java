// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Source.Several;
import dev.torimono.rules.syntax.Span;

/**
 * The name of an event's fd decides more than its own field: the directory and the file name are
 * parts of it, and which parts depends on nothing but the fd's kind.
 */
final class FdName {
    static final Source SOURCE =
            new Source.OfField(
                    FieldCatalog.standard().use("fd.name", null, "syscall", new Span(0, 0)),
                    Several.NO);

    private FdName() {}

    /** The source whose text decides what another one is: mostly that one itself. */
    static Source deciding(Source source) {
        if (source instanceof Source.OfField field && field.several() == Several.NO) {
            return switch (field.use().field().name()) {
                case "fd.directory", "fd.filename" -> SOURCE;
                default -> source;
            };
        }
        return source;
    }

    /** What tells equal names of different fds apart. */
    static int kind(Context context) {
        Fd fd = context.observation().fd();
        return fd == null ? FdKind.UNKNOWN.ordinal() : fd.kind().ordinal();
    }
}
