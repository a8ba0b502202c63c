// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.ActionResult;
import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

/**
 * Alerts for people at a terminal: a headline, the message, and the lineage as a tree from the root
 * down.
 *
 * <pre>
 * 09:43:33 Notice  Terminal shell in container
 *   A shell was spawned …
 *   policy No shell in test, severity 2
 *   action process_killed: done after 1.2 ms
 *   alert  dmy2k3s9f8g111k0ab
 *   1 systemd  root
 *   └ 812 containerd-shim-runc-v2 -namespace moby  root
 *     └ 9123 sh -c id  root pts/0 [5b03dbdcbb56]
 * </pre>
 */
public final class ReadableFormat implements AlertFormat {
    private static final int TIME_OF_DAY_CHARS = 8;
    private static final int MAX_CMDLINE_CHARS = 120;
    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String FAILED = "\u001b[33m";
    private static final String DIM = "\u001b[2m";

    private final Clock clock;
    private final boolean colours;

    public ReadableFormat(ZoneId zone, boolean colours) {
        this.clock = new Clock(zone);
        this.colours = colours;
    }

    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public byte[] render(Alert alert) {
        Finding finding = alert.finding();
        StringBuilder out = new StringBuilder(512);
        out.append(paint(DIM, clock.timeOfDay(finding.timeNs()).substring(0, TIME_OF_DAY_CHARS)));
        String priority = finding.priority().label();
        out.append(' ').append(paint(colour(finding.priority()), priority));
        out.append("  ").append(paint(BOLD, printable(finding.rule()))).append('\n');
        out.append("  ").append(printable(finding.message())).append('\n');
        standing(out, alert);
        policies(out, alert);
        lineage(out, alert.lineage());
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void standing(StringBuilder out, Alert alert) {
        switch (alert.standing()) {
            case WHOLE -> {}
            case PENDING ->
                    line(out, "the runtime has not described the container yet; " + alert.id());
            case COMPLETED -> line(out, "completes what was told before as " + alert.id());
        }
    }

    private void line(StringBuilder out, String remark) {
        out.append("  ").append(paint(DIM, remark)).append('\n');
    }

    private void policies(StringBuilder out, Alert alert) {
        for (Verdict verdict : alert.verdicts()) {
            out.append("  ").append(paint(DIM, "policy ")).append(printable(verdict.policy()));
            out.append(paint(DIM, ", severity " + verdict.severity())).append('\n');
        }
        for (ActionResult action : alert.actions()) {
            String status = action.status().label();
            out.append("  ").append(paint(DIM, "action ")).append(action.type()).append(": ");
            out.append(paint(action.status() == Status.DONE ? BOLD : FAILED, status));
            if (action.latencyMs() >= 0) {
                out.append(" after ").append(action.latencyMs()).append(" ms");
            }
            if (!action.reason().isEmpty()) {
                out.append(", ").append(printable(action.reason()));
            }
            out.append('\n');
        }
        if (!alert.verdicts().isEmpty()) {
            out.append("  ").append(paint(DIM, "alert  " + alert.id())).append('\n');
        }
    }

    private void lineage(StringBuilder out, List<Ancestor> lineage) {
        for (int i = lineage.size() - 1, depth = 0; i >= 0; i--, depth++) {
            Ancestor ancestor = lineage.get(i);
            out.append("  ").repeat(' ', 2 * Math.max(depth - 1, 0));
            if (depth > 0) {
                out.append(paint(DIM, "└ "));
            }
            String what = what(ancestor);
            out.append(ancestor.pid()).append(' ').append(i == 0 ? paint(BOLD, what) : what);
            out.append("  ").append(paint(DIM, who(ancestor))).append('\n');
        }
    }

    private static String what(Ancestor ancestor) {
        String cmdline =
                printable(ancestor.cmdline().isEmpty() ? ancestor.name() : ancestor.cmdline());
        return cmdline.length() > MAX_CMDLINE_CHARS
                ? cmdline.substring(0, MAX_CMDLINE_CHARS) + "…"
                : cmdline;
    }

    private static String who(Ancestor ancestor) {
        String user = ancestor.user().isEmpty() ? "uid " + ancestor.uid() : ancestor.user();
        StringBuilder facts = new StringBuilder(printable(user));
        if (!ancestor.tty().isEmpty()) {
            facts.append(' ').append(ancestor.tty());
        }
        if (!ancestor.containerId().equals("host")) {
            facts.append(" [").append(ancestor.containerId()).append(']');
        }
        return facts.toString();
    }

    private static String colour(Priority priority) {
        return switch (priority) {
            case EMERGENCY, ALERT, CRITICAL -> "\u001b[1;31m";
            case ERROR -> "\u001b[31m";
            case WARNING -> "\u001b[33m";
            case NOTICE -> "\u001b[36m";
            case INFORMATIONAL, DEBUG -> DIM;
        };
    }

    private String paint(String code, String text) {
        return colours ? code + text + RESET : text;
    }

    /** A process chooses its own name: no control character of it may reach the terminal. */
    private static String printable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(c -> isPrintable(c) ? c : '·').forEach(safe::appendCodePoint);
        return safe.toString();
    }

    /** Format characters count too: they can reverse the direction of a line. */
    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.FORMAT;
    }
}
