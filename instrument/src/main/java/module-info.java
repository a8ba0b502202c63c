// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors

/**
 * Puts launcher and sidecar agent into definitions of ECS tasks and Kubernetes pods, and takes them
 * out again. Edits the text at the places of its nodes: what it does not change keeps its bytes.
 * Knows no agent; talks to nobody but a local Docker, and only when asked to.
 */
@org.jspecify.annotations.NullMarked
module dev.torimono.instrument {
    requires static org.jspecify;
    requires org.snakeyaml.engine;

    exports dev.torimono.instrument;
    exports dev.torimono.instrument.image;
}
