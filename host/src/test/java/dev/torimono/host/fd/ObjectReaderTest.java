// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.host.Records;
import dev.torimono.model.Accounts;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
    private static final EventType CONNECT = EventType.symbol("SOCKET_CONNECT_X");
    private static final EventType DUP2 = EventType.symbol("SYSCALL_DUP2_X");
    private static final EventType UNLINKAT = EventType.symbol("SYSCALL_UNLINKAT_2_X");
    private static final byte[] TUPLE = tuple();

    private final HostCounters counters = new HostCounters();
    private final ObjectReader reader = new ObjectReader(counters);
    private final Records records = new Records();

    @Test
    void connectionHasBothEndsAndARole() {
        Event event =
                records.at(CONNECT, 5)
                        .number("res", 0)
                        .number("fd", 7)
                        .extension(Extension.OBJECT, Records.object(FdKind.IPV4_SOCK, TUPLE))
                        .event();
        Fd fd = Objects.requireNonNull(reader.fd(event));
        assertThat(fd.number()).isEqualTo(7);
        assertThat(fd.kind()).isEqualTo(FdKind.IPV4_SOCK);
        assertThat(fd.role()).isEqualTo(Fd.Role.CLIENT);
        assertThat(fd.l4proto()).isEqualTo(2);
        assertThat(fd.sourcePort()).isEqualTo(4000);
        assertThat(fd.destinationPort()).isEqualTo(443);
        assertThat(fd.destinationAddress()).startsWith(1, 2, 3, 4);
        assertThat(fd.connected()).isTrue();
        assertThat(name(fd)).isEqualTo("10.0.0.1:4000->1.2.3.4:443");
    }

    /** A number that nobody has: fields of fds are to know, or they compare as fd -1. */
    @Test
    void fileBehindMemoryHasNoNumber() {
        EventType protect = EventType.symbol("SYSCALL_MPROTECT_X");
        byte[] path = "/tmp/evil.so\0".getBytes(StandardCharsets.UTF_8);
        Event event =
                records.at(protect, 5)
                        .number("res", 0)
                        .extension(Extension.OBJECT, Records.object(FdKind.FILE_V2, path))
                        .event();
        Fd fd = Objects.requireNonNull(reader.fd(event));
        assertThat(fd.number()).isEqualTo(Fd.NO_NUMBER);
        assertThat(name(fd)).isEqualTo("/tmp/evil.so");
        assertThat(reader.fd(records.at(protect, 5).number("res", 0).event())).isNull();
    }

    @Test
    void fileOpenedThroughAMountHasTheNameInTheOwnTreeBesides() {
        EventType open = EventType.symbol("SYSCALL_OPENAT_2_X");
        byte[] seen = "/mnt/shadow\0".getBytes(StandardCharsets.UTF_8);
        Event event =
                records.at(open, 5)
                        .number("fd", 7)
                        .extension(Extension.OBJECT, Records.object(FdKind.FILE_V2, seen))
                        .extension(
                                Extension.DETAIL, "/etc/shadow\0".getBytes(StandardCharsets.UTF_8))
                        .event();
        Fd fd = Objects.requireNonNull(reader.fd(event));
        assertThat(name(fd)).isEqualTo("/mnt/shadow");
        assertThat(reader.otherName(event, fd)).isTrue();
        assertThat(name(fd)).isEqualTo("/etc/shadow");
    }

    @Test
    void otherEventsHaveNoOtherName() {
        Event event =
                records.at(DUP2, 5)
                        .number("res", 7)
                        .number("oldfd", 6)
                        .number("newfd", 7)
                        .extension(Extension.DETAIL, "/x\0".getBytes(StandardCharsets.UTF_8))
                        .event();
        assertThat(reader.otherName(event, reader.fd(event))).isFalse();
    }

    @Test
    void schemaTellsTheEndsWhereTheKernelResolvedNothing() {
        Event event =
                records.at(CONNECT, 5)
                        .number("res", 0)
                        .bytes("tuple", TUPLE)
                        .number("fd", 7)
                        .event();
        Fd fd = Objects.requireNonNull(reader.fd(event));
        assertThat(fd.kind()).isEqualTo(FdKind.IPV4_SOCK);
        assertThat(name(fd)).isEqualTo("10.0.0.1:4000->1.2.3.4:443");
    }

    @Test
    void unixSocketIsNamedByItsPath() {
        byte[] path = Records.text("/run/docker.sock");
        byte[] tuple = ByteBuffer.allocate(17 + path.length).put((byte) 1).put(17, path).array();
        Event event =
                records.at(CONNECT, 5)
                        .number("fd", 3)
                        .extension(Extension.OBJECT, Records.object(FdKind.UNIX_SOCK, tuple))
                        .event();
        assertThat(name(Objects.requireNonNull(reader.fd(event)))).isEqualTo("/run/docker.sock");
    }

    @Test
    void duplicateIsTheNewFdOrElseTheOld() {
        Event done = records.at(DUP2, 5).number("res", 0).number("oldfd", 9).event();
        assertThat(Objects.requireNonNull(reader.fd(done)).number()).isZero();
        Event failed = records.at(DUP2, 5).number("res", -9).number("oldfd", 9).event();
        assertThat(Objects.requireNonNull(reader.fd(failed)).number()).isEqualTo(9);
    }

    @Test
    void failedOpenHasNoFdButItsPath() {
        Event event = records.openIn(5, Records.context(5, 1, 1, 0), -13, "/etc/shadow");
        Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        assertThat(reader.fd(event)).isNull();
        reader.path(event, observation.set(event, null, null));
        assertThat(observation.path()).hasToString("/etc/shadow");
    }

    @Test
    void eventWithAPathAndNoFdHasItsResolvedPath() {
        byte[] object = Records.object(FdKind.FILE_V2, Records.text("/real/file"));
        Event event =
                records.at(UNLINKAT, 5)
                        .number("res", 0)
                        .number("dirfd", 3)
                        .text("name", "file")
                        .extension(Extension.OBJECT, object)
                        .event();
        Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        assertThat(reader.fd(event)).isNull();
        reader.path(event, observation.set(event, null, null));
        assertThat(observation.path()).hasToString("/real/file");
    }

    @Test
    void objectTooShortIsCounted() {
        Event event =
                records.at(CONNECT, 5)
                        .number("fd", 3)
                        .extension(Extension.OBJECT, new byte[5])
                        .event();
        assertThat(Objects.requireNonNull(reader.fd(event)).kind()).isEqualTo(FdKind.UNKNOWN);
        assertThat(counters.get(HostCounter.EXTENSIONS_MALFORMED)).isEqualTo(1);
    }

    private static byte[] tuple() {
        return ByteBuffer.allocate(13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 2)
                .put(new byte[] {10, 0, 0, 1})
                .putShort((short) 4000)
                .put(new byte[] {1, 2, 3, 4})
                .putShort((short) 443)
                .array();
    }

    private static String name(Fd fd) {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }
}
