// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/** The pages of the console, as the build made them, and how to read them. Serves nothing. */
@org.jspecify.annotations.NullMarked
module dev.torimono.console {
    requires static org.jspecify;

    exports dev.torimono.console;
}
