// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.agent.policy.TaskFields;
import dev.torimono.model.Finding;
import dev.torimono.model.HeldExec;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.drift.Execution;
import dev.torimono.response.drift.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an alert of drift says, in the shape of a rule's finding. */
final class DriftFinding {
    private DriftFinding() {}

    /** Goes the way of a finding, so that the first real one does not wait for classes to load. */
    static void rehearse(HeldExec exec, Observation observation) {
        Execution execution =
                new Execution(
                        exec.file().path().toString(),
                        Origin.ADDED,
                        Execution.Manner.EXEC,
                        exec.launcher().toString());
        DriftJudgement judgement = new DriftJudgement(DriftJudgement.Reason.ADDED, execution);
        of(judgement, Writers.Writer.UNSEEN, observation);
        judgement.blockedNotice();
    }

    static Finding of(DriftJudgement judgement, Writers.Writer writer, Observation observation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("drift.reason", judgement.reason().label());
        fields.put("drift.file", judgement.execution().path());
        fields.put("drift.manner", judgement.execution().manner().name().toLowerCase(Locale.ROOT));
        fields.put("drift.launcher", judgement.execution().launcher());
        if (!writer.program().isEmpty()) {
            fields.put("drift.writer", writer.program());
            fields.put("drift.writer.cmdline", writer.commandLine());
            fields.put("drift.writer.pid", writer.pid());
            fields.put("drift.writer.start_ns", writer.startNs());
        }
        Task task = observation.task();
        StringBuilder message = new StringBuilder(judgement.message());
        if (task != null) {
            TaskFields.add(task, observation, fields, message);
        }
        long timeNs = observation.event().timestampNs();
        fields.put("evt.time", timeNs);
        return new Finding(
                PolicySet.DRIFT_RULE,
                Priority.WARNING,
                observation.source(),
                List.of(),
                timeNs,
                observation.event().number(),
                message.toString(),
                fields);
    }
}
