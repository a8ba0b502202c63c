// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.response.policy.Actions.Capture;

/** Records events around a moment: a port to whatever keeps them. */
@FunctionalInterface
public interface Recorder {
    /** Records nothing, and says so. */
    Recorder NONE = (capture, target) -> Outcome.failed("captures are not available");

    /** Keeps what happened before and records on; returns at once. */
    Outcome record(Capture capture, Target target);
}
