// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Alerts for tests. */
public final class Alerts {
    /** 2026-11-22T09:43:33.931613982Z. */
    public static final long TIME_NS = 1795340613931613982L;

    private Alerts() {}

    public static Alert saying(String message) {
        return of(Priority.WARNING, message, Map.of(), List.of());
    }

    public static Alert of(
            Priority priority,
            String message,
            Map<String, ? extends @Nullable Object> fields,
            List<Ancestor> lineage) {
        Finding finding =
                new Finding(
                        "Some rule",
                        priority,
                        "syscall",
                        List.of("b", "a"),
                        TIME_NS,
                        7,
                        message,
                        new LinkedHashMap<>(fields));
        return new Alert(finding, "box", lineage);
    }

    public static Ancestor ancestor(long pid, String name, String container) {
        return new Ancestor(
                pid,
                TIME_NS,
                name,
                "/usr/bin/" + name,
                name + " -x",
                0,
                "root",
                container.equals("host") ? "" : "pts/0",
                container,
                pid * 10_000_000,
                container.equals("host") ? pid : 1);
    }
}
