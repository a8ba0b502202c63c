// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.model.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code docs/events.md} is made of the tables of the sensor: run with {@code
 * -Dtorimono.write-pages=true} to write it anew.
 */
class EventsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "events.md");
    private static final Path ASKED = Path.of("..", "..", "shared", "conformance", "events.json");
    private static final List<String> LIFECYCLE =
            List.of(
                    "SYSCALL_EXECVE_19_X",
                    "SYSCALL_EXECVEAT_X",
                    "SYSCALL_CLONE_20_X",
                    "SYSCALL_CLONE3_X",
                    "SYSCALL_FORK_20_X",
                    "SYSCALL_VFORK_20_X",
                    "PROCEXIT_1_E");

    @Test
    void everyEventThatUpstreamsRulesNeedIsTold() throws IOException {
        assumeTrue(Files.exists(ASKED), "../shared is absent");
        JsonNode asked = new JsonMapper().readTree(Files.readString(ASKED));
        TreeSet<String> missing = new TreeSet<>();
        for (JsonNode symbol : asked.path("must_have").path("event_enums")) {
            missing.add(symbol.asString("").substring("PPME_".length()));
        }
        assertThat(missing).isNotEmpty();
        ProbedCall.ALL.forEach(call -> missing.remove(call.type().symbol()));
        LIFECYCLE.forEach(missing::remove);
        assertThat(missing).isEmpty();
    }

    @Test
    void pageIsThatOfTheTables() throws IOException {
        String page = page();
        if (Boolean.getBoolean("torimono.write-pages")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder out = new StringBuilder(HEAD);
        out.append("| event | system calls (x86-64; 32-bit) | parameters |\n|---|---|---|\n");
        for (String symbol : LIFECYCLE) {
            EventType type = EventType.symbol(symbol);
            out.append(row(type.name(), "scheduler tracepoint", type));
        }
        Map<EventType, List<ProbedCall>> byType = new LinkedHashMap<>();
        ProbedCall.ALL.forEach(
                c -> byType.computeIfAbsent(c.type(), _ -> new ArrayList<>()).add(c));
        byType.forEach(
                (type, calls) -> {
                    if (!LIFECYCLE.contains(type.symbol())) {
                        out.append(row(type.name(), calls(calls), type));
                    }
                });
        return out.append(REQUESTS).append(untold(byType)).toString();
    }

    private static String row(String name, String calls, EventType type) {
        String params =
                IntStream.range(0, type.paramCount())
                        .mapToObj(i -> type.param(i).name())
                        .collect(Collectors.joining(", "));
        return "| " + name + " | " + calls + " | " + params + " |\n";
    }

    private static String calls(List<ProbedCall> calls) {
        return calls.stream()
                .map(
                        c ->
                                (c.number() < 0 ? "–" : c.number())
                                        + "; "
                                        + c.ia32().stream()
                                                .map(n -> n == 511 ? "socketcall" : "" + n)
                                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" · "));
    }

    private static String untold(Map<EventType, List<ProbedCall>> told) {
        TreeSet<String> names = new TreeSet<>();
        for (EventType type : EventType.all()) {
            if (type.isExit() && "syscall".equals(type.origin()) && type.paramCount() > 0) {
                names.add(type.name());
            }
        }
        told.keySet().forEach(type -> names.remove(type.name()));
        LIFECYCLE.forEach(symbol -> names.remove(EventType.symbol(symbol).name()));
        StringBuilder out = new StringBuilder(UNTOLD);
        int width = 0;
        for (String name : names) {
            if (width + name.length() > 110) {
                out.append('\n');
                width = 0;
            }
            out.append('`').append(name).append("` ");
            width += name.length() + 3;
        }
        return out.toString().strip().replaceAll(" +\n", "\n") + "\n";
    }

    private static final String HEAD =
            """
            # Events

            What the kernel sensor tells, under the names that `evt.type` has. Made from the sensor's tables by
            `EventsPageTest`; `mvn -pl sensor test -Dtest=EventsPageTest -Dtorimono.write-pages=true` writes it anew.

            Every event has the parameters below (`evt.arg.NAME`), and what the kernel resolved beside them: the process,
            its start, cgroup and mount namespace; the file, connection or path that the call was about, as the kernel
            knows it and not as the caller spelt it. `fd.name` is that; `fd.nameraw` is the spelling.

            """;

    private static final String REQUESTS =
            """

            Sisters that the schema has no event for are told as the call that does the same: `fchmodat2` as fchmodat,
            `pkey_mprotect` as mprotect, `pidfd_send_signal` as kill of the process that the fd means, `move_mount` as
            mount. So is what io_uring does: opens (openat), connect, accept (accept4), send and sendmsg (sendto), socket,
            renames (renameat2), links (linkat, symlinkat), unlinkat, mkdirat; a name there is cut at 511 bytes.

            The fields of the fd of an mprotect are those of the file behind the memory, where it was made executable and
            there is one.

            32-bit calls (`int 0x80`, 32-bit programs, socketcall) and those of x32 are decoded. Where a kernel has no x32
            the attempt is told as the failure it is.

            """;

    private static final String UNTOLD =
            """
            Not told by the kernel sensor, although captures may have them. Most only move bytes or ask something; what
            others need them for (following fds, for one) the kernel itself is asked for when it matters. A rule that asks
            for nothing but these never fires on a live machine; the agent names it when it starts. A capture without
            a filter holds `close`, `read`, `write`, `pread`, `pwrite`, `pipe` and `pipe2` all the same:

            """;
}
