// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is captured, and until when.
 *
 * @param file where it goes
 * @param filter a condition of the rule language; null takes everything
 * @param durationNs end after that long; 0 never
 * @param count end after that many events; 0 never
 * @param snapLength most bytes of data read or written that are kept of an event; 0 all there are
 * @param fileBytes begin another file after that many; 0 never
 * @param files most files kept when files are begun; 0 all
 * @param dockerSockets where container runtimes are asked; empty for the usual places
 */
public record CaptureOptions(
        Path file,
        @Nullable String filter,
        long durationNs,
        long count,
        int snapLength,
        long fileBytes,
        int files,
        List<Path> dockerSockets) {
    public CaptureOptions {
        dockerSockets = List.copyOf(dockerSockets);
    }
}
