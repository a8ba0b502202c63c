// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Means;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Manual responses, each noted before it is carried out and when it ended. Any thread. */
public final class AuditedResponse {
    private final ManualResponse response;
    private final Audit audit;
    private final Log log;
    private final AtomicLong count = new AtomicLong();

    private AuditedResponse(ManualResponse response, Audit audit, Log log) {
        this.response = response;
        this.audit = audit;
        this.log = log;
    }

    /** Null where the configuration wants no manual responses. */
    public static @Nullable AuditedResponse of(
            AgentConfig config,
            Means means,
            ContainerBoard board,
            Supplier<Map<String, String>> status,
            Log log) {
        AgentConfig.Control control = config.control();
        if (control == null) {
            return null;
        }
        ManualResponse response =
                new ManualResponse(
                        means.guards(),
                        means.processes(),
                        means.containers(),
                        board,
                        new FileStore(control.quarantine()),
                        config.policies().killSwitch(),
                        status);
        return new AuditedResponse(response, new Audit(control.auditFile()), log);
    }

    /** Changes nothing, so it is not noted. */
    Answer status(Request request) {
        return response.answer("", request);
    }

    /**
     * Does it. What cannot be noted is not done.
     *
     * @param who asked
     */
    public Answer answer(String who, Request request) {
        String id = Long.toString(System.currentTimeMillis(), 36) + "-" + count.incrementAndGet();
        try {
            audit.asked(id, who, request);
        } catch (IOException e) {
            return Answer.refused("it cannot be audited: " + e.getMessage());
        }
        Answer answer;
        try {
            answer = response.answer(id, request);
        } catch (NoSuchContainerException e) {
            answer = Answer.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("control: internal error", e);
            answer = Answer.failed("fault of the agent: " + e);
        }
        log.info(
                (request.dryRun() ? "dry run of a manual response by " : "manual response by ")
                        + who
                        + ": "
                        + request.command()
                        + " "
                        + request.target()
                        + ": "
                        + answer.status()
                        + (answer.message().isEmpty() ? "" : ": " + answer.message()));
        try {
            audit.ended(id, who, answer);
        } catch (IOException e) {
            return answer.with("audit", "the end could not be noted: " + e.getMessage());
        }
        return answer;
    }
}
