// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a collector is told, typed.
 *
 * @param listen HOST:PORT
 * @param data folder of everything it keeps
 * @param names what it is reached by, for the certificate it makes
 * @param certificate PEM chain; null for one it makes
 * @param key PEM private key of it
 * @param keepDays how long events are kept
 * @param keepBytes how much room they may take
 * @param tokenDays age at which an agent gets another token; 0 never
 * @param smtp mail server of channels that name none
 */
public record CollectorSettings(
        String listen,
        Path data,
        List<String> names,
        @Nullable Path certificate,
        @Nullable Path key,
        long keepDays,
        long keepBytes,
        long tokenDays,
        Smtp smtp) {
    public CollectorSettings {
        names = List.copyOf(names);
    }

    /**
     * A mail server.
     *
     * @param host its name; empty for none
     * @param port its port; 0 for the usual one
     * @param security starttls, tls or none
     * @param username who logs in; empty for nobody
     * @param passwordFile file with the password
     * @param from whom messages are from
     * @param caFile PEM certificates to trust instead of the JDK's
     */
    public record Smtp(
            String host,
            int port,
            String security,
            String username,
            @Nullable Path passwordFile,
            String from,
            @Nullable Path caFile) {}
}
