// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the collector is told.
 *
 * @param host address it listens on
 * @param port port it listens on; 0 for any that is free
 * @param data folder for everything it keeps
 * @param names what it is reached by, for the certificate it makes itself
 * @param certificate PEM chain; null for one it makes itself
 * @param key PEM private key (PKCS #8) of it
 * @param retentionDays how long events are kept
 * @param maxBytes how much room events may take
 */
public record CollectorConfig(
        String host,
        int port,
        Path data,
        List<String> names,
        @Nullable Path certificate,
        @Nullable Path key,
        long retentionDays,
        long maxBytes) {
    public static final int DEFAULT_PORT = 7443;
    public static final Path DEFAULT_DATA = Path.of("/var/lib/torimono/collector");

    public CollectorConfig {
        names = List.copyOf(names);
    }
}
