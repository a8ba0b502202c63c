// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.access.Certificate;
import dev.torimono.collector.web.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The certificate that a collector shows: one that was given, or its own; never one that ended. */
final class ShownCertificate {
    private static final System.Logger LOG = System.getLogger("torimono.collector");

    private final CollectorConfig config;
    private final Path folder;
    private final InstantSource clock;
    private volatile Certificate shown;

    /**
     * Reads it, or makes it.
     *
     * @param folder where our own lies
     */
    ShownCertificate(CollectorConfig config, Path folder, InstantSource clock) throws IOException {
        this.config = config;
        this.folder = folder;
        this.clock = clock;
        Path given = config.certificate();
        Path key = config.key();
        this.shown = given != null && key != null ? Certificate.read(given, key) : own();
    }

    private Certificate own() throws IOException {
        Certificate own = Certificate.in(folder, config.names());
        return renewed().orElse(own);
    }

    private Optional<Certificate> renewed() throws IOException {
        return Certificate.renew(folder, config.names(), clock.instant());
    }

    Certificate now() {
        return shown;
    }

    /** Before it ends: our own is renewed, and of one that was given it is told. */
    void renew(HttpServer server) throws IOException {
        Path given = config.certificate();
        Path key = config.key();
        if (given == null || key == null) {
            Optional<Certificate> another = renewed();
            if (another.isPresent()) {
                show(another.get(), server);
            }
            return;
        }
        Instant now = clock.instant();
        // Whoever gave it may have given another one by now.
        Certificate there = Certificate.read(given, key);
        if (!there.fingerprint().equals(shown.fingerprint())) {
            show(there, server);
        } else if (there.endsSoon(now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "collector: the certificate "
                            + given
                            + " ends at "
                            + there.ends()
                            + "; put another one in its place, it is taken without a restart");
        }
    }

    private void show(Certificate certificate, HttpServer server) throws IOException {
        server.show(certificate);
        shown = certificate;
        LOG.log(
                System.Logger.Level.INFO,
                "collector: another certificate, until "
                        + certificate.ends()
                        + ": fingerprint (SHA-256) "
                        + certificate.fingerprint()
                        + "; agents that reached us before go on by its key");
    }
}
