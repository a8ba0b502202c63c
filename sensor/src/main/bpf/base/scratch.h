// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Taking and giving back the buffer in which a record is built. */
#pragma once
#include "loss.h"
#include "see.h"

static __always_inline struct scratch *scratch__at(u32 slot)
{
	return bpf_map_lookup_elem(&scratches, &slot);
}

/*
 * Programs may be preempted (since 6.20 tracepoints run preemptible), so two can
 * meet on one CPU. The counter admits one: whoever reads 1 after adding is
 * alone. It needs no fetching atomic, which kernels before 5.12 lack.
 */
static __always_inline struct scratch *scratch__idle(void)
{
	u32 first = bpf_get_smp_processor_id() * SLOTS_PER_CPU;

	for (u32 i = 0; i < SLOTS_PER_CPU; i++) {
		struct scratch *s = scratch__at(first + i);

		if (!s)
			break;
		__sync_fetch_and_add(&s->users, 1);
		if (*(volatile u32 *)&s->users == 1) {
			s->slot = first + i;
			s->owner = bpf_get_current_pid_tgid();
			s->walked = 0;
			s->piece = 0;
			return s;
		}
		__sync_fetch_and_sub(&s->users, 1);
	}
	return NULL;
}

static __always_inline struct scratch *scratch__take(u32 type)
{
	struct scratch *s = scratch__idle();

	if (!s)
		loss__count(type);
	return s;
}

static __always_inline void scratch__give(struct scratch *s)
{
	s->owner = 0;
	__sync_fetch_and_sub(&s->users, 1);
}

/* The one that the current task took in the program that called this one. */
static __always_inline struct scratch *scratch__resume(void)
{
	u32 first = bpf_get_smp_processor_id() * SLOTS_PER_CPU;
	u64 me = bpf_get_current_pid_tgid();

	for (u32 i = 0; i < SLOTS_PER_CPU; i++) {
		struct scratch *s = scratch__at(first + i);

		if (s && s->owner == me)
			return s;
	}
	return NULL;
}

/* What a loop carries: the state itself is in the scratch. */
struct climb {
	struct scratch *s;
};
