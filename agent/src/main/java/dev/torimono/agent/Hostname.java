// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What alerts call this machine. */
final class Hostname {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private Hostname() {}

    /** The configured name, else the kernel's; never asks the network. */
    static String of(AgentConfig.Run config) {
        if (!config.hostname().isEmpty()) {
            return config.hostname();
        }
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(KERNEL + ": cannot be read", e);
        }
    }
}
