// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The server that many agents report to. */
@Command(
        name = "collector",
        description = {
            "Keep the alerts of many agents, tell them what to enforce, and serve it all as an API.",
            "Makes a certificate, an administrator and an access key at its first start. SIGTERM ends"
                    + " it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono collector --name collector.example.org",
            "  torimono collector --listen 127.0.0.1:7443 --data /srv/torimono",
            "  torimono agent --set fleet.collector=https://collector.example.org:7443"
                    + " --set fleet.fingerprint=… --set fleet.access-key-file=…"
        })
final class CollectorCommand implements Callable<Integer> {
    private static final long GIBIBYTE = 1L << 30;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:7443",
            description = "Where to listen; default ${DEFAULT-VALUE}.")
    private String listen = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "/var/lib/torimono/collector",
            description = "Where everything is kept; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Name or address it is reached by, for the certificate it makes; repeatable.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "PEM certificate chain, instead of one that it makes.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "PEM private key (PKCS #8) of that certificate.")
    private @Nullable Path key;

    @Option(
            names = "--keep-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "How long events are kept; default ${DEFAULT-VALUE}.")
    private long keepDays;

    @Option(
            names = "--keep-gib",
            paramLabel = "GIB",
            defaultValue = "50",
            description = "How much room events may take; default ${DEFAULT-VALUE}.")
    private long keepGib;

    @Option(
            names = "--until-stdin-ends",
            hidden = true,
            description = "End with whoever holds the other end of stdin.")
    private boolean untilStdinEnds;

    @Override
    public Integer call() throws InterruptedException {
        if ((certificate == null) != (key == null)) {
            throw usage("--certificate and --key: one needs the other");
        }
        if (keepDays < 1 || keepGib < 1) {
            throw usage("--keep-days and --keep-gib: must be at least 1");
        }
        int colon = listen.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(listen.substring(colon + 1));
        if (port < 0) {
            throw usage("--listen " + listen + ": must be HOST:PORT");
        }
        String host = listen.substring(0, colon).replaceAll("[\\[\\]]", "");
        CollectorRun.run(
                host,
                port,
                data,
                names,
                certificate,
                key,
                keepDays,
                keepGib * GIBIBYTE,
                untilStdinEnds);
        return ExitCode.OK;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 65_535 ? -1 : port;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static AgentException usage(String message) {
        return new AgentException(Reason.CONFIG, message);
    }
}
