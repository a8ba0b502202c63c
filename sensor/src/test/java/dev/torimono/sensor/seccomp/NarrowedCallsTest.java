// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.sensor.KernelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait, of which the rules want a part: the rest is answered and not told. */
@KernelTest
class NarrowedCallsTest {
    private static final int INET_TUPLE_BYTES = 13;

    /** A program that dups one end of a TCP connection over its standard input. */
    private static final String REVERSE =
            "import os,socket,sys;"
                    + "l=socket.socket();l.bind(('127.0.0.1',0));l.listen();"
                    + "c=socket.create_connection(l.getsockname());a=l.accept()[0];"
                    + "print(c.getsockname()[1],l.getsockname()[1]);sys.stdout.flush();"
                    + "r,w=os.pipe();os.dup2(r,7);"
                    + "os.dup2(c.fileno(),0);os.dup2(a.fileno(),1)";

    @TempDir private Path folder;

    private static BitSet types(String... symbols) {
        BitSet types = new BitSet();
        for (String symbol : symbols) {
            types.set(EventType.symbol(symbol).code());
        }
        return types;
    }

    private static List<Event> told(Cover cover, String name) {
        return cover.told().stream().filter(e -> e.type().name().equals(name)).toList();
    }

    @Test
    void pathThatNoRuleIsAboutIsAnsweredAndNotTold() throws Exception {
        BitSet opens = types("SYSCALL_OPEN_X", "SYSCALL_OPENAT_2_X");
        Interest.Paths paths =
                new Interest.Paths(Set.of(), Set.of(), Set.of(), Set.of("evil"), Set.of());
        Interest interest =
                new Interest(
                        opens,
                        Interest.ANY_MODE,
                        Interest.ANY_OUTCOME,
                        Interest.ANY_PLACE,
                        Interest.ANY_KIND,
                        paths);
        try (Cover cover = new Cover(folder, new Demand(opens, false, List.of(interest)))) {
            SeccompSensor sensor = cover.look(1000);
            cover.run("sh", "-c", "cd %s; : >good; ln -s evil x; : >x".formatted(folder));
            assertThat(folder.resolve("good")).exists();
            assertThat(folder.resolve("evil")).exists();
            // By where it leads, not by how it was called.
            assertThat(told(cover, "openat").size() + told(cover, "open").size()).isEqualTo(1);
            assertThat(sensor.count(SeccompCount.UNWANTED)).isPositive();
        }
    }

    @Test
    void programsThatAreLookedForInVainAreToldToWhoWantsThem() throws Exception {
        assertThat(execs(Interest.SUCCEEDED)).containsExactly("/bin/sh", "/bin/true");
        assertThat(execs(Interest.ANY_OUTCOME))
                .containsExactly("/bin/sh", folder + "/a/true", folder + "/b/true", "/bin/true");
    }

    /** What a search along three folders is told to have executed. */
    private List<String> execs(int outcomes) throws Exception {
        BitSet execs = types("SYSCALL_EXECVE_19_X");
        Interest interest =
                new Interest(
                        execs,
                        Interest.ANY_MODE,
                        outcomes,
                        Interest.ANY_PLACE,
                        Interest.ANY_KIND,
                        null);
        Path own = Files.createDirectory(folder.resolve("outcomes-" + outcomes));
        try (Cover cover = new Cover(own, new Demand(execs, false, List.of(interest)))) {
            cover.look(1000);
            Cover.Ended ended =
                    cover.run(
                            "/bin/sh",
                            "-c",
                            "PATH=%1$s/a:%1$s/b:/bin; exec true".formatted(folder));
            assertThat(ended.exit()).isZero();
            return told(cover, "execve").stream().map(NarrowedCallsTest::filename).toList();
        }
    }

    private static String filename(Event event) {
        return event.text(event.type().paramIndex("filename")).toString();
    }

    @Test
    void connectionPutInPlaceOfAStandardStreamIsToldWithBothEnds() throws Exception {
        BitSet dups = types("SYSCALL_DUP_1_X", "SYSCALL_DUP2_X", "SYSCALL_DUP3_X");
        Interest sockets =
                new Interest(
                        dups,
                        Interest.ANY_MODE,
                        Interest.ANY_OUTCOME,
                        Interest.ANY_PLACE,
                        1 << FdKind.IPV4_SOCK.code() | 1 << FdKind.IPV6_SOCK.code(),
                        null);
        try (Cover cover = new Cover(folder, new Demand(dups, false, List.of(sockets)))) {
            cover.look(1000);
            Cover.Ended ended = cover.run("python3", "-c", REVERSE);
            String[] ports = ended.out().trim().split(" ");
            List<Event> told =
                    cover.told().stream().filter(e -> e.type().name().startsWith("dup")).toList();
            assertThat(told).hasSize(2);
            Event client = told.getFirst();
            assertThat(client.number(0)).isZero();
            assertThat(port(client, 4)).isEqualTo(Integer.parseInt(ports[0]));
            assertThat(port(client, 10)).isEqualTo(Integer.parseInt(ports[1]));
            int object = client.extension(Extension.OBJECT);
            assertThat(client.byteAt(object, 0)).isEqualTo(FdKind.IPV4_SOCK.code());
            assertThat(client.byteAt(object, 1)).as("TCP").isEqualTo(2);
            assertThat(client.length(object))
                    .isEqualTo(Extension.OBJECT_HEADER_BYTES + INET_TUPLE_BYTES);
            assertThat(told.getLast().number(0)).isEqualTo(1);
        }
    }

    /** Of the tuple behind the object's head: behind the family, two ends of address and port. */
    private static int port(Event event, int addressEnd) {
        int at = Extension.OBJECT_HEADER_BYTES + 1 + addressEnd;
        int object = event.extension(Extension.OBJECT);
        return event.byteAt(object, at) | event.byteAt(object, at + 1) << 8;
    }
}
