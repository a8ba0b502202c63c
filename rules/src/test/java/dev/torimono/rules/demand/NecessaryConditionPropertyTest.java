// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.FdTable;
import dev.torimono.model.Interest;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Plan;
import dev.torimono.rules.plan.PlannedRule;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever matches is admitted: random conditions over random opens, closes and execs. */
class NecessaryConditionPropertyTest {
    private static final List<String> ATOMS =
            List.of(
                    "evt.type = openat",
                    "evt.type in (open, openat, creat)",
                    "evt.type != execve",
                    "evt.is_open_write = true",
                    "evt.is_open_write = false",
                    "evt.is_open_read = true",
                    "evt.is_open_read != true",
                    "fd.num >= 0",
                    "fd.num > -1",
                    "fd.num < 0",
                    "evt.failed = true",
                    "evt.failed = false",
                    "container.id = host",
                    "container.id != host",
                    "container.id in (host, 0123456789ab)",
                    "fd.typechar = f",
                    "fd.typechar in (d, u)",
                    "fd.type = file",
                    "fd.type != file",
                    "fd.name = /etc/passwd",
                    "fd.name in (/etc/shadow, /tmp/kinsing)",
                    "fd.name startswith /etc",
                    "fd.name startswith anyof (/et, /tmp/)",
                    "fd.name pmatch (/etc, /dev/)",
                    "fd.name pmatch (/e*/passwd)",
                    "fd.name glob /etc/*",
                    "fd.name endswith /kinsing",
                    "fd.name endswith sing",
                    "fd.name contains tc",
                    "fd.name contains etc/",
                    "fd.directory contains dev/",
                    "fd.filename endswith assw",
                    "fd.filename endswith sswd",
                    "fd.directory = /etc",
                    "fd.directory in (/tmp, /)",
                    "fd.directory startswith /tm",
                    "fd.filename = kinsing",
                    "fd.filename in (kinsing, passwd)",
                    "fd.filename != kinsing",
                    "fd.name exists",
                    "proc.name = sh");

    private static final List<String> PATHS =
            List.of(
                    "/etc/passwd",
                    "/etc/shadow",
                    "/tmp/kinsing",
                    "/kinsing",
                    "/etcetera",
                    "/dev/shm/x",
                    "/etc",
                    "/tmp",
                    "/");

    private final Random random = new Random(20261122);

    @Test
    void whateverMatchesIsAdmitted() {
        ConditionCompiler compiler = new ConditionCompiler(FieldCatalog.standard());
        int matched = 0;
        int leftOut = 0;
        for (int round = 0; round < 3_000; round++) {
            Expr expr = ConditionParser.parse(condition(4));
            List<Interest> interests = NecessaryCondition.of(List.of(expr));
            Plan plan =
                    Plan.of(
                            List.of(
                                    new PlannedRule(
                                            "syscall", compiler.compile(expr, "syscall"), 0)));
            for (int i = 0; i < 20; i++) {
                Observation seen = observation();
                boolean admitted = interests.stream().anyMatch(one -> admits(one, seen));
                int[] hits = {0};
                plan.match(seen, MatchStrategy.ALL, rule -> hits[0]++);
                if (hits[0] > 0) {
                    matched++;
                    assertThat(admitted)
                            .as("%s at %s of %s", expr, seen.event().type(), name(seen))
                            .isTrue();
                }
                leftOut += admitted ? 0 : 1;
            }
        }
        assertThat(matched).isGreaterThan(5_000);
        assertThat(leftOut).isGreaterThan(5_000);
    }

    private String condition(int depth) {
        int choice = random.nextInt(depth <= 0 ? 1 : 5);
        return switch (choice) {
            case 0 -> ATOMS.get(random.nextInt(ATOMS.size()));
            case 1 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 2 -> "not (" + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        };
    }

    private Observation observation() {
        String symbol =
                List.of(
                                "SYSCALL_OPENAT_2_X",
                                "SYSCALL_OPEN_X",
                                "SYSCALL_EXECVE_19_X",
                                "SYSCALL_CLOSE_X")
                        .get(random.nextInt(4));
        EventType type = EventType.symbol(symbol);
        boolean failed = random.nextInt(3) == 0;
        EventBuilder builder = new EventBuilder(type, 1_000, 7);
        builder.number(type.param(0).name(), failed ? -2 : 3);
        if (type.paramIndex("flags") >= 0 && type.name().startsWith("open")) {
            builder.number("flags", random.nextInt(4));
            builder.text("name", "/given");
        }
        Event event = builder.event();
        event.number(1L);
        Task task = new Task(7, 7).comm(Text.of(random.nextBoolean() ? "sh" : "cat"));
        if (random.nextBoolean()) {
            task.container(Container.pending("0123456789abcdef", "docker"));
        }
        Observation seen = new Observation(Accounts.NONE, FdTable.NONE);
        return seen.set(event, task, failed || type.name().equals("execve") ? null : fd());
    }

    private Fd fd() {
        FdKind[] kinds = {FdKind.FILE_V2, FdKind.DIRECTORY, FdKind.FILE};
        byte[] path = PATHS.get(random.nextInt(PATHS.size())).getBytes(StandardCharsets.UTF_8);
        return new Fd().clear(3).kind(kinds[random.nextInt(3)]).name(path, 0, path.length);
    }

    private static String name(Observation seen) {
        Fd fd = seen.fd();
        return fd == null ? "-" : new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }

    /** What a sensor does with an interest; what it does not know passes. */
    private static boolean admits(Interest interest, Observation seen) {
        Event event = seen.event();
        EventType type = event.type();
        if (!interest.concerns(type)) {
            return false;
        }
        int place = seen.container() == null ? Interest.ON_HOST : Interest.IN_CONTAINER;
        if ((interest.places() & place) == 0) {
            return false;
        }
        if (type.name().startsWith("open")) {
            int mode = 1 << (event.number(type.paramIndex("flags")) & 3);
            int outcome = event.number(0) >= 0 ? Interest.SUCCEEDED : Interest.FAILED;
            if ((interest.modes() & mode) == 0 || (interest.outcomes() & outcome) == 0) {
                return false;
            }
        }
        Fd fd = seen.fd();
        return fd == null
                || ((interest.kinds() & 1 << fd.kind().code()) != 0
                        && admits(interest.paths(), name(seen)));
    }

    private static boolean admits(
            Interest.@org.jspecify.annotations.Nullable Paths paths, String path) {
        if (paths == null) {
            return true;
        }
        int slash = path.lastIndexOf('/');
        String directory = slash <= 0 ? "/" : path.substring(0, slash);
        return paths.exact().contains(path)
                || paths.directories().contains(directory)
                || paths.names().contains(path.substring(slash + 1))
                || paths.prefixes().stream().anyMatch(path::startsWith)
                || paths.fragments().stream().anyMatch(path::contains);
    }
}
