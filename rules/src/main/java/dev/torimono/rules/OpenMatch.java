// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import java.util.List;

/**
 * What was found of an event whose container is not described yet: some rules fire whatever the
 * container is, others wait for its description. Used by the matcher's thread; outlives the event.
 */
public interface OpenMatch {
    /** Findings that hold whatever the container is, as far as they are known now. */
    List<Finding> certain();

    /**
     * Every finding for a container as it is described now, in order; those that were certain are
     * among them.
     */
    List<Finding> complete(Container described);

    /** The event as it was observed, of the container as last described. */
    Observation observation();
}
