// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

/**
 * What a drift rule says of an execution.
 *
 * @param reason why
 * @param execution what was judged
 */
public record DriftJudgement(Reason reason, Execution execution) {

    /** Why an execution is drift, or is not. */
    public enum Reason {
        PROHIBITED_BINARY(true, "prohibited binary"),
        PROHIBITED_PARENT(true, "drifted file executed by a prohibited process"),
        EXCEPTION(false, "listed as exception"),
        ALLOWED_PARENT(false, "executed by a process that may execute drifted files"),
        ALLOWED_ANCESTOR(false, "executed below a process that may execute drifted files"),
        ADDED(true, "not part of the image"),
        MODIFIED(true, "modified after the container started"),
        TOUCHED(true, "mode, owner or times changed after the container started"),
        VOLUME(true, "executed from a volume"),
        MEMORY_FS(true, "executed from memory"),
        MEMFD(true, "executed from an anonymous file in memory"),
        DELETED(true, "executed from a deleted file"),
        FROM_IMAGE(false, "part of the image"),
        NOT_JUDGED(false, "not judged by this policy");

        private final boolean drift;
        private final String text;

        Reason(boolean drift, String text) {
            this.drift = drift;
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }

        /** Whether a list says so, not where the file comes from. */
        public boolean isProhibition() {
            return this == PROHIBITED_BINARY || this == PROHIBITED_PARENT;
        }

        /** For alerts. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether the policy objects. */
    public boolean drift() {
        return reason.drift;
    }

    /** What the blocked caller reads on its terminal. */
    public String blockedNotice() {
        String kind = reason == Reason.PROHIBITED_BINARY ? "prohibited" : "drifted";
        return "Torimono Drift Control: execution of "
                + kind
                + " binary '"
                + printable(execution.path())
                + "' by process '"
                + printable(execution.launcher())
                + "' was blocked";
    }

    /** What the alert says. */
    public String message() {
        StringBuilder message = new StringBuilder();
        message.append(reason == Reason.PROHIBITED_BINARY ? "Prohibited " : "Drifted ");
        message.append(
                switch (execution.manner()) {
                    case EXEC -> "binary executed";
                    case SCRIPT -> "script given to an interpreter";
                    case LIBRARY -> "shared object mapped executable";
                    case LOADER -> "binary given to the dynamic loader";
                });
        message.append(" | file=").append(execution.path());
        message.append(" reason=").append(reason.label());
        message.append(" process=").append(execution.launcher());
        if (!execution.writer().isEmpty()) {
            message.append(" writer=").append(execution.writer());
        }
        return message.toString();
    }

    /** A path is the attacker's text: nothing in it may steer a terminal. */
    public static String printable(String path) {
        StringBuilder out = new StringBuilder(path.length());
        path.codePoints()
                .forEach(
                        c ->
                                out.appendCodePoint(
                                        Character.isISOControl(c) || isFormat(c) ? '?' : c));
        return out.toString();
    }

    private static boolean isFormat(int codePoint) {
        return Character.getType(codePoint) == Character.FORMAT;
    }
}
