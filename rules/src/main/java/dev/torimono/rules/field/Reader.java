// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Observation;

/** Reads one field of an observation. */
@FunctionalInterface
public interface Reader {
    /** Fills the value; false when the field is missing. */
    boolean read(Observation observation, Value value);

    /** A reader of a field that this engine never has. */
    Reader MISSING = (observation, value) -> false;
}
