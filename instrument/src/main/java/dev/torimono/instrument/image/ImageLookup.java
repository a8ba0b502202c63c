// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.image;

import java.util.List;
import java.util.Optional;

/** What an image starts when nobody says otherwise. */
public interface ImageLookup {
    /**
     * What one starts.
     *
     * @param where who says so, for people
     */
    record Start(List<String> entryPoint, List<String> command, String where) {}

    /** Empty when it is not known here. */
    Optional<Start> find(String image);

    /** Knows none. */
    static ImageLookup none() {
        return image -> Optional.empty();
    }
}
