// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The torimono command. */
@org.jspecify.annotations.NullMarked
module dev.torimono.cli {
    requires static org.jspecify;
    requires dev.torimono.agent;
    requires info.picocli;
}
