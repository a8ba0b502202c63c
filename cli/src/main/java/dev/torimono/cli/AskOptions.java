// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.ControlClient;
import dev.torimono.agent.control.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a running agent is asked. */
final class AskOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The agent's configuration; default /etc/torimono/torimono.yaml.")
    private @Nullable Path config;

    @Option(names = "--socket", paramLabel = "PATH", description = "Where the agent listens.")
    private @Nullable Path socket;

    @Option(names = "--reason", defaultValue = "", description = "Why; noted in the audit.")
    private String reason = "";

    String reason() {
        return reason;
    }

    /** Asks, prints the answer and gives the exit code. */
    int run(CommandSpec spec, Request request) {
        Answer answer = new ControlClient(socket()).ask(request);
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer.status() + (answer.message().isEmpty() ? "" : ": " + answer.message()));
        answer.facts().forEach((name, value) -> out.println("  " + name + ": " + value));
        out.flush();
        return answer.isDone() ? ExitCode.OK : ExitCode.FOUND;
    }

    private Path socket() {
        if (socket != null) {
            return socket;
        }
        AgentConfig.Control control =
                new ConfigLoader(System.getenv()).files(config).variables().load().control();
        if (control == null) {
            throw new AgentException(
                    Reason.CONFIG, "control.socket is empty: this agent takes no requests");
        }
        return control.socket();
    }
}
