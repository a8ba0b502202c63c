// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Beginning and ending a record. */
#pragma once
#include "scratch.h"

/* Extensions behind every schema's parameters. */
#define EXTENSIONS 4

static __always_inline void ring__begin(struct scratch *s, u32 type, u32 tid)
{
	struct record_header *h = (void *)s->record;
	u32 params = config.params[type & (EVENT_TYPES - 1)] + EXTENSIONS;

	s->prefix.cpu = bpf_get_smp_processor_id();
	s->prefix.canary = 0;
	h->ts = bpf_ktime_get_boot_ns() + config.epoch_offset;
	h->tid = tid;
	h->type = type;
	h->params = params;
	s->at = sizeof(*h) + 2 * params;
	s->params = 0;
	s->flags = 0;
	s->address_length = 0;
	s->view.file = 0;
	s->given[0].length = 0;
	s->given[1].length = 0;
}

/*
 * A reader that sleeps says so; whoever comes next wakes it, once. Nobody else
 * pays for a wake-up.
 */
static __always_inline u64 ring__wakeup(struct scratch *s)
{
	/* Somebody is stopped until this is read. */
	if (s->flags & CONTEXT_HELD) {
		config.reader_waits = 0;
		return BPF_RB_FORCE_WAKEUP;
	}
	if (!config.reader_waits)
		return BPF_RB_NO_WAKEUP;
	config.reader_waits = 0;
	return BPF_RB_FORCE_WAKEUP;
}

/* Returns non-zero when the record was lost. */
static __always_inline long ring__end(struct scratch *s, void *ring)
{
	struct record_header *h = (void *)s->record;
	u32 len = s->at;
	long lost;

	barrier_var(len);
	if (len > RECORD_BYTES)
		len = RECORD_BYTES;
	h->len = len;
	if (s->flags & CONTEXT_CUT)
		__sync_fetch_and_add(&config.cut, 1);
	lost = bpf_ringbuf_output(ring, s, sizeof(s->prefix) + len, ring__wakeup(s));
	if (lost)
		loss__count(h->type);
	scratch__give(s);
	return lost;
}

/* The same of a system call's record, on the ring of its type. */
static __always_inline void ring__end_call(struct scratch *s)
{
	if (config.worth[s->type & (EVENT_TYPES - 1)] == WORTH_VITAL)
		ring__end(s, &lifecycle);
	else
		ring__end(s, &activity);
}
