// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.generator.Actions;
import dev.torimono.generator.Generator;
import dev.torimono.generator.GeneratorException;
import dev.torimono.generator.Load;
import dev.torimono.generator.Report;
import dev.torimono.generator.Result;
import dev.torimono.generator.Sightings;
import dev.torimono.generator.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Does what each rule should notice, and tells whether it was noticed. */
@Command(
        name = "generate",
        description = {
            "Do something harmless that should fire each rule, and tell whether it did.",
            "Deeds happen in throw-away containers; those about hosts, in a child process and a"
                    + " private temporary folder. Nothing is left behind. Without --alerts a sensor of"
                    + " its own watches, with rules that are off by default on; exit code 1 when an"
                    + " expected rule was not seen."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  torimono generate --list",
            "  torimono generate --all",
            "  torimono generate --rules falco_rules.yaml --rule '*shell*'",
            "  torimono agent --json | torimono generate --all --alerts -",
            "  torimono generate --all --loop 200 --seconds 30"
        })
final class GenerateCommand implements Callable<Integer> {
    /** How far the clock of alerts may be from ours; an agent's was set when it started. */
    private static final long OWN_CLOCK_MS = 50;

    private static final long AGENTS_CLOCK_MS = 2_000;

    @Mixin private ConfigOptions options = new ConfigOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--list", description = "Only tell what would be done for each rule.")
    private boolean list;

    @Option(names = "--all", description = "Every loaded rule.")
    private boolean all;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            description = "A rule by name, where * stands for any characters; repeatable.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--loop",
            paramLabel = "RATE",
            description = "As load: go round, this many actions a second, until Ctrl-C.")
    private double rate;

    @Option(names = "--seconds", paramLabel = "N", description = "End the loop after N seconds.")
    private long seconds = Long.MAX_VALUE / 2_000_000_000L;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for an alert; default ${DEFAULT-VALUE}.")
    private long patience = 10;

    @Option(
            names = "--alerts",
            paramLabel = "FILE",
            description =
                    "Look for alerts in what a running agent writes as JSON, such as its file"
                            + " output; - for stdin.")
    private @Nullable Path alerts;

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description =
                    "Socket of the Docker daemon; default the configured one, /run/docker.sock.")
    private @Nullable Path socket;

    @Option(
            names = "--image",
            paramLabel = "NAME",
            description =
                    "Image for the containers; default one made on the spot, without programs.")
    private String image = "";

    @Option(
            names = "--runtime",
            paramLabel = "NAME",
            description = "OCI runtime for the containers, by the name that Docker knows.")
    private String runtime = "";

    @Override
    public Integer call() {
        check();
        ConfigLoader loader = options.loader(System.getenv());
        AgentConfig config = loader.load();
        Log log = Log.toStderr(config.run().logLevel());
        loader.warnings().forEach(log::warn);
        GeneratedRules chosen = GeneratedRules.of(config, names, alerts == null);
        if (chosen.names().isEmpty()) {
            throw new AgentException(
                    Reason.CONFIG, "--rule: no loaded rule has such a name; see --list --all");
        }
        Actions actions = alerts == null ? Actions.shipped() : Actions.shipped().withoutNames();
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            chosen.names()
                    .forEach(
                            r ->
                                    out.println(
                                            json
                                                    ? Report.actionJson(r, actions)
                                                    : Report.action(r, actions)));
            out.flush();
            return ExitCode.OK;
        }
        return perform(chosen, actions, log, out);
    }

    private void check() {
        if (!all && names.isEmpty() && !list) {
            throw new AgentException(Reason.CONFIG, "which rules? --all, or --rule NAME");
        }
        if (rate < 0 || seconds <= 0 || patience <= 0) {
            throw new AgentException(
                    Reason.CONFIG, "--loop, --seconds, --wait: must be more than 0");
        }
    }

    private int perform(GeneratedRules chosen, Actions actions, Log log, PrintWriter out) {
        Sightings sightings = new Sightings(InstantSource.system());
        if (alerts == null) {
            lookUpIn(actions.hostsFile());
        }
        AgentConfig config = chosen.config();
        Path daemon = socket;
        if (daemon != null) {
            config = config.withDockerSockets(List.of(daemon));
        } else if (!config.dockerSockets().isEmpty()) {
            daemon = config.dockerSockets().getFirst();
        }
        AtomicBoolean stop = new AtomicBoolean();
        try (AlertFeed _ = AlertFeed.open(alerts, config, sightings, log);
                Stage stage = new Stage(new Stage.Options(daemon, image, runtime))) {
            Thread hook = new Thread(() -> end(stop, stage), "generate-end");
            Runtime.getRuntime().addShutdownHook(hook);
            long clocksDifferMs = alerts == null ? OWN_CLOCK_MS : AGENTS_CLOCK_MS;
            Generator generator =
                    new Generator(actions, stage, sightings, patience * 1000, clocksDifferMs);
            if (socket != null) {
                // Who names a daemon wants that one; where there is none, hosts' rules still count.
                generator.check(chosen.names());
            }
            int code =
                    rate > 0
                            ? loop(generator, chosen.names(), stop, out)
                            : once(generator, chosen.names(), out);
            Runtime.getRuntime().removeShutdownHook(hook);
            return code;
        } catch (GeneratorException e) {
            throw new AgentException(Reason.ENVIRONMENT, "generate: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            if (stop.get()) {
                // Ctrl-C: the hook has cleaned up, or does so now.
                return ExitCode.OK;
            }
            throw e;
        }
    }

    /** Names lead where actions need them to, in this process alone and before it asks for any. */
    private static void lookUpIn(String hosts) {
        try {
            Path file = Files.createTempFile("torimono-generate", ".hosts");
            file.toFile().deleteOnExit();
            Files.writeString(file, hosts);
            System.setProperty("jdk.net.hosts.file", file.toString());
        } catch (IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT, "temporary file: cannot be written: " + e.getMessage(), e);
        }
    }

    private static void end(AtomicBoolean stop, Stage stage) {
        stop.set(true);
        stage.close();
    }

    private int once(Generator generator, List<String> rules, PrintWriter out) {
        if (!json) {
            out.println(Report.head());
            out.flush();
        }
        List<Result> results =
                generator.run(
                        rules,
                        r -> {
                            out.println(json ? Report.json(r) : Report.line(r));
                            out.flush();
                        });
        tell(Report.sum(results));
        boolean complete = results.stream().allMatch(r -> r.seen() || !r.expected());
        return complete ? ExitCode.OK : ExitCode.FOUND;
    }

    private int loop(Generator generator, List<String> rules, AtomicBoolean stop, PrintWriter out) {
        List<String> repeated = generator.repeatable(rules);
        if (repeated.isEmpty()) {
            throw new AgentException(
                    Reason.CONFIG,
                    "--loop: none of these rules has an action that can be repeated");
        }
        Load load = new Load(generator, repeated);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        load.run(rate, () -> stop.get() || System.nanoTime() - end > 0);
        if (!json) {
            out.println(Report.loadHead());
        }
        load.rows().forEach(r -> out.println(json ? Report.json(r) : Report.line(r)));
        out.flush();
        tell(Report.sum(load));
        return load.missed() == 0 && load.failed() == 0 ? ExitCode.OK : ExitCode.FOUND;
    }

    /** On stderr, so that stdout is the table and nothing else. */
    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
