// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.CollectorSettings;
import dev.torimono.agent.config.ConfigLoader;
import java.nio.file.Files;
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
        subcommands = {CollectorBackupCommand.class, CollectorRestoreCommand.class},
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
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration file or folder; default /etc/torimono/torimono.yaml with"
                            + " torimono.d beside it. Flags come before its keys collector.*.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One configuration key, such as collector.keep-days=90; repeatable.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where to listen; default 0.0.0.0:7443.")
    private @Nullable String listen;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where everything is kept; default /var/lib/torimono/collector.")
    private @Nullable Path data;

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
            description = "How long events are kept; default 30.")
    private @Nullable Long keepDays;

    @Option(
            names = "--keep-gib",
            paramLabel = "GIB",
            description = "How much room events may take; default 50.")
    private @Nullable Long keepGib;

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
        if ((keepDays != null && keepDays < 1) || (keepGib != null && keepGib < 1)) {
            throw usage("--keep-days and --keep-gib: must be at least 1");
        }
        ConfigLoader loader = new ConfigLoader(System.getenv());
        // Beside an agent it runs as a user who need not be able to read what root wrote.
        boolean secret =
                config == null
                        && Files.exists(ConfigLoader.DEFAULT_FILE)
                        && !Files.isReadable(ConfigLoader.DEFAULT_FILE);
        if (!secret) {
            loader.files(config);
        }
        loader.variables();
        assignments.forEach(loader::assignment);
        set(loader, "collector.listen", listen, "--listen");
        set(loader, "collector.data", data, "--data");
        set(loader, "collector.certificate", certificate, "--certificate");
        set(loader, "collector.key", key, "--key");
        set(loader, "collector.keep-days", keepDays, "--keep-days");
        set(
                loader,
                "collector.keep-bytes",
                keepGib == null ? null : keepGib * GIBIBYTE,
                "--keep-gib");
        if (!names.isEmpty()) {
            loader.setList("collector.names", names, "--name");
        }
        CollectorSettings settings = loader.collector();
        int colon = settings.listen().lastIndexOf(':');
        int port = colon < 1 ? -1 : port(settings.listen().substring(colon + 1));
        if (port < 0) {
            throw usage("--listen " + settings.listen() + ": must be HOST:PORT");
        }
        String host = settings.listen().substring(0, colon).replaceAll("[\\[\\]]", "");
        CollectorRun.run(host, port, settings, untilStdinEnds);
        return ExitCode.OK;
    }

    private static void set(ConfigLoader loader, String name, @Nullable Object value, String flag) {
        if (value != null) {
            loader.set(name, value.toString(), flag);
        }
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
