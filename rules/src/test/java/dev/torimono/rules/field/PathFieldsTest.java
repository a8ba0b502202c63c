// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where the sensor tells where paths lead, fields are that; else the paths as given, joined. */
class PathFieldsTest {
    private static String read(String field, Observation observation) {
        Value value = new Value();
        return PathFields.of(field).read(observation, value)
                ? new String(value.bytes(), value.from(), value.length(), StandardCharsets.UTF_8)
                : "<NA>";
    }

    private static EventBuilder two(String symbol, String first, String second, long result) {
        return new EventBuilder(EventType.symbol(symbol), 1, 30)
                .number("res", result)
                .text("oldpath", first)
                .text("newpath", second);
    }

    /** What our sensor says beside the schema. */
    private static Observation resolved(EventBuilder event, String first, String second) {
        byte[] path = (first + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] object = new byte[Extension.OBJECT_HEADER_BYTES + path.length];
        System.arraycopy(path, 0, object, Extension.OBJECT_HEADER_BYTES, path.length);
        event.extension(Extension.OBJECT, object)
                .extension(Extension.DETAIL, (second + "\0").getBytes(StandardCharsets.UTF_8));
        Observation observation = plain(event);
        return observation.pathAt(
                observation.event().extension(Extension.OBJECT), Extension.OBJECT_HEADER_BYTES);
    }

    private static Observation plain(EventBuilder event) {
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(event.event(), Sample.task(30, "mv"), null);
    }

    @Test
    void renameLeadsWhereTheKernelSays() {
        Observation rename =
                resolved(two("SYSCALL_RENAME_X", "link/a", "b", 0), "/etc/a", "/usr/bin/b");
        assertThat(read("fs.path.source", rename)).isEqualTo("/etc/a");
        assertThat(read("fs.path.target", rename)).isEqualTo("/usr/bin/b");
        assertThat(read("fs.path.sourceraw", rename)).isEqualTo("link/a");
        assertThat(read("fs.path.targetraw", rename)).isEqualTo("b");
    }

    /** Of a link what is there already is the target, as Falco has it. */
    @Test
    void linkLeadsFromItsNewNameToItsOld() {
        Observation link =
                resolved(two("SYSCALL_LINK_2_X", "s", "n", 0), "/etc/shadow", "/tmp/new");
        assertThat(read("fs.path.source", link)).isEqualTo("/tmp/new");
        assertThat(read("fs.path.target", link)).isEqualTo("/etc/shadow");
    }

    @Test
    void symbolicLinkPointsToItsTextAsGiven() {
        EventBuilder event =
                new EventBuilder(EventType.symbol("SYSCALL_SYMLINK_X"), 1, 30)
                        .number("res", 0)
                        .text("target", "/x/../y")
                        .text("linkpath", "l/z");
        Observation symlink = resolved(event, "/home/z", "/x/../y");
        assertThat(read("fs.path.source", symlink)).isEqualTo("/home/z");
        assertThat(read("fs.path.targetraw", symlink)).isEqualTo("/x/../y");
    }

    @Test
    void withoutTheKernelsWordPathsAreJoined() {
        Observation rename = plain(two("SYSCALL_RENAME_X", "./a", "/x/../b", 0));
        assertThat(read("fs.path.source", rename)).isEqualTo("/tmp/a");
        assertThat(read("fs.path.target", rename)).isEqualTo("/b");
    }

    @Test
    void whatFailedHasNone() {
        Observation rename = resolved(two("SYSCALL_RENAME_X", "a", "b", -2), "/etc/a", "/etc/b");
        assertThat(read("fs.path.source", rename)).isEqualTo("<NA>");
        assertThat(read("fs.path.target", rename)).isEqualTo("<NA>");
    }
}
