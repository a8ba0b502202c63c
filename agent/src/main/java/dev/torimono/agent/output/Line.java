// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.format.AlertFormat;
import dev.torimono.model.Alert;
import dev.torimono.model.Priority;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An alert on its way to one or more outputs; rendered once, by the first that needs the bytes, so
 * that the pipeline's thread does not.
 */
public final class Line {
    private final Alert alert;
    private final AlertFormat format;
    private byte @Nullable [] bytes;

    public Line(Alert alert, AlertFormat format) {
        this.alert = alert;
        this.format = format;
    }

    public Alert alert() {
        return alert;
    }

    public Priority priority() {
        return alert.finding().priority();
    }

    /** 0 (most severe) to 7; that of the rule's priority when no policy says. */
    public int severity() {
        return alert.severity() >= 0 ? alert.severity() : priority().ordinal();
    }

    public long timeNs() {
        return alert.finding().timeNs();
    }

    public String hostname() {
        return alert.hostname();
    }

    public String contentType() {
        return format.contentType();
    }

    /** The rendered alert without a final newline; not a copy: read only. */
    public synchronized byte[] bytes() {
        byte[] rendered = bytes;
        if (rendered == null) {
            rendered = format.render(alert);
            bytes = rendered;
        }
        return rendered;
    }

    /** The rendered alert and a newline, so that one write makes one line. */
    byte[] bytesWithNewline() {
        byte[] rendered = bytes();
        byte[] line = Arrays.copyOf(rendered, rendered.length + 1);
        line[rendered.length] = '\n';
        return line;
    }
}
