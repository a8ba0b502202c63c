// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

import dev.torimono.response.drift.DriftJudgement.Reason;

/**
 * Decides whether an execution is drift. The first that applies decides: prohibited binaries,
 * prohibited parents, exceptions, allowed parents and ancestors, drift.
 */
public final class DriftJudge {
    private final DriftRule rule;

    public DriftJudge(DriftRule rule) {
        this.rule = rule;
    }

    public DriftJudgement judge(Execution execution) {
        return new DriftJudgement(reason(execution), execution);
    }

    private Reason reason(Execution execution) {
        if (rule.prohibitedBinaries().contains(execution.path())) {
            return Reason.PROHIBITED_BINARY;
        }
        if (!execution.origin().foreign() && execution.origin() != Origin.VOLUME) {
            return drift(execution.origin());
        }
        if (rule.prohibitedParents().contains(execution.launcher())) {
            return Reason.PROHIBITED_PARENT;
        }
        if (rule.exceptions().contains(execution.path())) {
            return Reason.EXCEPTION;
        }
        if (rule.allowedParents().contains(execution.launcher())) {
            return Reason.ALLOWED_PARENT;
        }
        if (isBelowAllowed(execution)) {
            return Reason.ALLOWED_ANCESTOR;
        }
        return judged(execution) ? drift(execution.origin()) : Reason.NOT_JUDGED;
    }

    private boolean isBelowAllowed(Execution execution) {
        PathSet allowed = rule.allowedAncestors();
        return !allowed.isEmpty()
                && (allowed.contains(execution.launcher())
                        || execution.ancestors().stream().anyMatch(allowed::contains));
    }

    private boolean judged(Execution execution) {
        boolean manner =
                switch (execution.manner()) {
                    case EXEC, LOADER -> true;
                    case SCRIPT -> rule.scripts();
                    case LIBRARY -> rule.libraries();
                };
        boolean origin = execution.origin() == Origin.VOLUME ? rule.volumes() : rule.binaries();
        return manner && origin;
    }

    private static Reason drift(Origin origin) {
        return switch (origin) {
            case ADDED -> Reason.ADDED;
            case MODIFIED -> Reason.MODIFIED;
            case TOUCHED -> Reason.TOUCHED;
            case VOLUME -> Reason.VOLUME;
            case MEMORY_FS -> Reason.MEMORY_FS;
            case MEMFD -> Reason.MEMFD;
            case DELETED -> Reason.DELETED;
            case IMAGE -> Reason.FROM_IMAGE;
            case UNKNOWN -> Reason.NOT_JUDGED;
        };
    }
}
