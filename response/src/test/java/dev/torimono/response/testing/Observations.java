// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.testing;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Finding;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observations and findings for tests. */
public final class Observations {
    private Observations() {}

    public static Finding finding(String rule, String... tags) {
        return new Finding(rule, Priority.NOTICE, "syscall", List.of(tags), 1, 1, "said", Map.of());
    }

    /** An exec of a program by that name, in a container or on the host. */
    public static Observation exec(String comm, @Nullable Container container, long result) {
        Task task = new Task(4711, 4711).startNs(50_000_000).comm(Text.of(comm));
        task.container(container).image(Image.UNKNOWN);
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(
                        new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, 4711)
                                .number("res", result)
                                .event(),
                        task,
                        null);
    }
}
