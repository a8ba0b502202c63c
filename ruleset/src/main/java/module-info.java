// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The detections we ship, as resources. No logic. */
@org.jspecify.annotations.NullMarked
module dev.torimono.ruleset {
    requires static org.jspecify;
}
