// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;

/** How an alert is written; shared by the threads of all outputs, so without state. */
public sealed interface AlertFormat
        permits JsonFormat, TextFormat, ReadableFormat, JournalFormat, FleetFormat {
    /** The alert as bytes, without a final newline. */
    byte[] render(Alert alert);

    /** What HTTP receivers are told it is. */
    String contentType();
}
