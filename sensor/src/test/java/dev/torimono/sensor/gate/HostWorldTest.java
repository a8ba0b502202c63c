// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Told by files as /proc has them. */
class HostWorldTest {
    private static final String OWN = "mnt:[4026531840]";

    @TempDir Path folder;
    private HostWorld host;

    @BeforeEach
    void start() throws IOException {
        process(1, OWN, "host");
        host = new HostWorld(folder.resolve("proc"));
    }

    private void process(long pid, String namespace, String root) throws IOException {
        Path process = folder.resolve("proc").resolve(Long.toString(pid));
        Files.createDirectories(process.resolve("ns"));
        Files.createDirectories(folder.resolve(root));
        Files.createSymbolicLink(process.resolve("ns/mnt"), Path.of(namespace));
        Files.createSymbolicLink(process.resolve("root"), folder.resolve(root));
    }

    @Test
    void aRuntimeThatHasNotChangedItsRootStandsAtTheHosts() throws IOException {
        process(42, "mnt:[4026532000]", "host");
        process(43, "mnt:[4026532000]", "container");
        assertThat(host.has(42)).isFalse();
        assertThat(host.isRootOf(42)).isTrue();
        assertThat(host.isRootOf(43)).isFalse();
    }

    @Test
    void whatCannotBeLookedAtCountsAsTheHosts() {
        assertThat(host.has(44)).isTrue();
        assertThat(host.isRootOf(44)).isTrue();
    }
}
