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
 * @param tokenMs age at which an agent gets another token; 0 never
 * @param mail what e-mail is sent by where a channel does not say
 */
public record CollectorConfig(
        String host,
        int port,
        Path data,
        List<String> names,
        @Nullable Path certificate,
        @Nullable Path key,
        long retentionDays,
        long maxBytes,
        long tokenMs,
        Mail mail) {
    public static final int DEFAULT_PORT = 7443;
    public static final Path DEFAULT_DATA = Path.of("/var/lib/torimono/collector");

    /**
     * A mail server.
     *
     * @param host its name; empty for none
     * @param port its port; 0 for the usual one
     * @param security starttls, tls or none
     * @param username who logs in; empty for nobody
     * @param password by what
     * @param from whom messages are from
     * @param authorities PEM certificates to trust instead of the JDK's; empty for those
     */
    public record Mail(
            String host,
            int port,
            String security,
            String username,
            String password,
            String from,
            String authorities) {
        public static final Mail NONE =
                new Mail("", 0, "starttls", "", "", "torimono@localhost.localdomain", "");
    }

    public CollectorConfig {
        names = List.copyOf(names);
    }
}
