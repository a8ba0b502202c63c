// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Who gives way when the reader does not keep up. While a ring is less than a
 * quarter full everybody may write. Beyond that each cgroup has a budget, so
 * that the flood of one cannot silence another; and beyond their limits the
 * less valuable types go first.
 */
#pragma once
#include "loss.h"

#define NS_PER_S 1000000000ULL

/* Tokens are ns of a second: an event costs its share of one. */
static __always_inline bool budget__allows(u64 cgroup, enum allowance which)
{
	u64 now = bpf_ktime_get_boot_ns();
	u64 cost = NS_PER_S / (config.budget ?: 1);
	struct budget *b = bpf_map_lookup_elem(&budgets, &cgroup);
	u64 *since;

	if (!b) {
		u64 full = now - NS_PER_S;
		struct budget fresh = {.since = {full, full, full}};

		bpf_map_update_elem(&budgets, &cgroup, &fresh, BPF_ANY);
		return true;
	}
	since = &b->since[which];
	if (*since + NS_PER_S < now)
		*since = now - NS_PER_S;
	if (*since + cost > now)
		return false;
	*since += cost;
	return true;
}

/* How full the ring may be for a type of that worth, in eighths. */
static __always_inline u64 pressure__limit(u8 worth)
{
	switch (worth) {
	case WORTH_LOW:
		return 4;
	case WORTH_NORMAL:
		return 6;
	}
	return 8;
}

/* Whether an event of a system call has to give way. */
static __always_inline bool pressure__sheds(struct task_struct *t, u32 type)
{
	u8 worth = config.worth[type & (EVENT_TYPES - 1)];
	bool vital = worth == WORTH_VITAL;
	u64 used = vital ? bpf_ringbuf_query(&lifecycle, BPF_RB_AVAIL_DATA)
			 : bpf_ringbuf_query(&activity, BPF_RB_AVAIL_DATA);
	u64 size = vital ? config.lifecycle_bytes : config.activity_bytes;

	if (used < size / 4)
		return false;
	if (used >= size / 8 * pressure__limit(worth))
		return true;
	return config.budget &&
	       !budget__allows(cgroup__id(t),
			       vital || worth == WORTH_HIGH ? ALLOWANCE_VALUABLE : ALLOWANCE_PLAIN);
}

/*
 * Whether a fork, an exec or an exit has to give way. Forks and exits have a
 * budget of their own: a fork bomb cannot use up what its own container may
 * still execute, nor fill the last quarter of the ring for others.
 */
static __always_inline bool pressure__sheds_life(struct task_struct *t, bool exec)
{
	u64 used = bpf_ringbuf_query(&lifecycle, BPF_RB_AVAIL_DATA);
	u64 size = config.lifecycle_bytes;

	if (used < size / 4)
		return false;
	if (!exec && used >= size / 8 * pressure__limit(WORTH_NORMAL))
		return true;
	return config.budget &&
	       !budget__allows(cgroup__id(t), exec ? ALLOWANCE_VALUABLE : ALLOWANCE_LIVES);
}
