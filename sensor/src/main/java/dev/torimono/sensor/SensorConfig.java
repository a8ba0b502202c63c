// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/**
 * How a {@link KernelSensor} is built.
 *
 * @param lifecycleBytes ring for exec, fork and exit; a power of two of at least a page
 * @param activityBytes ring for everything else; a power of two of at least a page
 * @param environment whether the environment of processes may be read at all; it is read only when
 *     a rule asks for it
 * @param budget events a second that each container may tell while the reader does not keep up; 0
 *     for any
 * @param moving whether calls that only move bytes (read, write, close, pipe) are told where all is
 *     wanted
 */
public record SensorConfig(
        int lifecycleBytes, int activityBytes, boolean environment, int budget, boolean moving) {
    private static final int PAGE = 4096;

    /** A tenth of what one reader judges in a second with every upstream rule. */
    public static final int DEFAULT_BUDGET = 20_000;

    /** 8 MiB and 16 MiB: seconds of a busy host's lifecycle, ~100,000 opens. */
    public static final SensorConfig DEFAULT = new SensorConfig(8 << 20, 16 << 20, true);

    /** With the default budget. */
    public SensorConfig(int lifecycleBytes, int activityBytes, boolean environment) {
        this(lifecycleBytes, activityBytes, environment, DEFAULT_BUDGET);
    }

    /** For rules. */
    public SensorConfig(int lifecycleBytes, int activityBytes, boolean environment, int budget) {
        this(lifecycleBytes, activityBytes, environment, budget, false);
    }

    /** The same for a capture, which shows what moves bytes too. */
    public SensorConfig withMoving() {
        return new SensorConfig(lifecycleBytes, activityBytes, environment, budget, true);
    }

    public SensorConfig {
        check("lifecycle ring", lifecycleBytes);
        check("activity ring", activityBytes);
    }

    private static void check(String ring, int bytes) {
        if (bytes < PAGE || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    ring + ": " + bytes + " bytes: not a power of two of at least " + PAGE);
        }
    }
}
