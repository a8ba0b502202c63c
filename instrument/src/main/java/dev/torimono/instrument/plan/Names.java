// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

/** What launcher and sidecar agent are called; the sidecar's image is built with the same names. */
final class Names {
    static final String FOLDER = "/opt/torimono";
    static final String LAUNCHER = FOLDER + "/bin/launch";
    static final String SIDECAR = "torimono";
    static final String LAUNCHER_CONTAINER = "torimono-launcher";
    static final String VOLUME = "torimono";
    static final String IMAGE = "torimono/serverless-agent";
    static final String CAPABILITY = "SYS_PTRACE";

    /** What was changed, so that it can be taken back; no key of the agent's configuration. */
    static final String RECORD = "INSTRUMENTED_BY_TORIMONO";

    static final String PRIORITY = "TORIMONO_PRIORITY";
    static final String CONTAINER = "TORIMONO_CONTAINER";

    private Names() {}
}
