// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import org.jspecify.annotations.Nullable;

/**
 * One parameter of an event type.
 *
 * @param name Falco's name of it ({@code evt.arg.NAME})
 * @param type how its bytes are read
 * @param format how a number prints
 * @param flags the names of its bits, where it has any
 * @param dirFdParam index of the parameter holding the directory fd that this path is relative to,
 *     or -1
 */
public record Param(
        String name, ParamType type, Format format, @Nullable FlagSet flags, int dirFdParam) {

    /** Print format of a number; {@code NA} for what is no number. */
    public enum Format {
        DEC,
        HEX,
        OCT,
        NA
    }
}
