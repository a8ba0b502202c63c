// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.response.policy.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts actions per policy and per workload against their limits, in buckets that refill evenly.
 * Any thread.
 */
public final class RateLimits {
    private static final int MAX_BUCKETS = 8192;
    private static final double MINUTE_NS = 60e9;
    private static final double HOUR_NS = 3600e9;

    private static final class Bucket {
        private double tokens;
        private long filledNs;

        Bucket(double tokens, long filledNs) {
            this.tokens = tokens;
            this.filledNs = filledNs;
        }

        void fill(long nowNs, int capacity, double periodNs) {
            tokens = Math.min(capacity, tokens + (nowNs - filledNs) / periodNs * capacity);
            filledNs = nowNs;
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > MAX_BUCKETS;
                }
            };

    public RateLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes one kill from a policy's and a workload's share; empty when both had one, else why not.
     */
    synchronized String takeKill(String policy, String workload, Limits limits) {
        Bucket ofPolicy = bucket("kill/" + policy, limits.killsPerMinute(), MINUTE_NS);
        Bucket ofWorkload =
                bucket(
                        "kill/" + policy + "/" + workload,
                        limits.workloadKillsPerMinute(),
                        MINUTE_NS);
        if (ofPolicy.tokens < 1) {
            return "rate limit: the policy killed " + limits.killsPerMinute() + " in a minute";
        }
        if (ofWorkload.tokens < 1) {
            return "rate limit: the policy killed "
                    + limits.workloadKillsPerMinute()
                    + " in this workload in a minute";
        }
        ofPolicy.tokens--;
        ofWorkload.tokens--;
        return "";
    }

    /** Takes one container action from a policy's share; empty when it had one, else why not. */
    synchronized String takeContainer(String policy, Limits limits) {
        Bucket bucket = bucket("container/" + policy, limits.containersPerHour(), HOUR_NS);
        if (bucket.tokens < 1) {
            return "rate limit: the policy acted on "
                    + limits.containersPerHour()
                    + " containers in an hour";
        }
        bucket.tokens--;
        return "";
    }

    private Bucket bucket(String key, int capacity, double periodNs) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(capacity, now));
        bucket.fill(now, capacity, periodNs);
        return bucket;
    }
}
