// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

/**
 * What a drift policy judges.
 *
 * @param binaries whether executables that are not from the image are drift
 * @param volumes whether everything on a mounted volume is, too
 * @param scripts whether drifted scripts given to an interpreter of the image are, too
 * @param libraries whether drifted shared objects that are mapped executable are, too
 * @param exceptions executables that are no drift
 * @param prohibitedBinaries executables that must not run, from the image or not
 * @param allowedParents processes that may execute drifted files
 * @param allowedAncestors processes that may, and whatever they have started
 * @param prohibitedParents processes that must not, exceptions or not
 */
public record DriftRule(
        boolean binaries,
        boolean volumes,
        boolean scripts,
        boolean libraries,
        PathSet exceptions,
        PathSet prohibitedBinaries,
        PathSet allowedParents,
        PathSet allowedAncestors,
        PathSet prohibitedParents) {
    /** Of policies that judge no drift. */
    public static final DriftRule NONE =
            new DriftRule(
                    false,
                    false,
                    false,
                    false,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY);

    /** What a drift policy judges unless it says otherwise. */
    public static final DriftRule DEFAULT =
            new DriftRule(
                    true,
                    false,
                    true,
                    false,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY,
                    PathSet.EMPTY);
}
