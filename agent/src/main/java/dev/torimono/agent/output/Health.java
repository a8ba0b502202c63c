// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

/**
 * How an output fares, at one moment.
 *
 * @param name the output
 * @param failing whether its last write failed
 * @param reason why it failed last; empty when it never did
 * @param queued alerts waiting
 * @param written alerts delivered
 * @param failed alerts it could not deliver
 * @param dropped alerts that found its queue full
 */
public record Health(
        String name,
        boolean failing,
        String reason,
        int queued,
        long written,
        long failed,
        long dropped) {}
