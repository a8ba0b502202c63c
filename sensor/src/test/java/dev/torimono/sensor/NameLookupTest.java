// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.model.Interest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules name is looked up, and nothing else. */
class NameLookupTest {
    @TempDir private Path root;

    /** Opens of these files, and of what lies in these folders. */
    static Demand opens(Set<String> exact, Set<String> directories) {
        BitSet types = new BitSet();
        types.set(EventType.symbol("SYSCALL_OPENAT_2_X").code());
        Interest.Paths paths =
                new Interest.Paths(exact, Set.of(), directories, Set.of("name"), Set.of());
        Interest interest =
                new Interest(
                        types,
                        Interest.ANY_MODE,
                        Interest.ANY_OUTCOME,
                        Interest.ANY_PLACE,
                        Interest.ANY_KIND,
                        paths);
        return new Demand(types, false, List.of(interest));
    }

    @Test
    void filesAndWhatLiesInFoldersAreLookedUp() throws Exception {
        Files.createDirectories(root.resolve("etc/sudoers.d"));
        Files.createFile(root.resolve("etc/shadow"));
        Files.createFile(root.resolve("etc/sudoers.d/one"));
        Files.createSymbolicLink(root.resolve("etc/sudoers.d/two"), Path.of("/nowhere"));
        try (NameLookup names = new NameLookup(root)) {
            names.want(
                    opens(
                            Set.of("/etc/shadow", "/etc/missing", "relative", "/no\0file"),
                            Set.of("/etc/sudoers.d", "/etc/shadow", "/missing", "")));
            assertThat(names.look()).isEqualTo(3);
            names.want(opens(Set.of(), Set.of()));
            assertThat(names.look()).isZero();
        }
    }
}
