// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Whether an event matters to any rule. Each dimension narrows the set of
 * interests that may still admit it; paths come last, as they cost most. What
 * cannot be judged here is admitted.
 */
#pragma once
#include "../base/scratch.h"

/* FNV-1a; Java computes the same in PathKey. */
#define HASH_BASIS 0xcbf29ce484222325ULL
#define HASH_PRIME 0x100000001b3ULL

/* Keep the kinds of keys apart in one map. */
#define KEY_EXACT     0x0000000000000000ULL
#define KEY_PREFIX    0x5851f42d4c957f2dULL
#define KEY_DIRECTORY 0x14057b7ef767814fULL
#define KEY_NAME      0x2545f4914f6cdd1dULL
#define KEY_FRAGMENT  0x9e3779b97f4a7c15ULL

#define FRAGMENT_BYTES 4
#define PREFIX_MAX     63
#define SCAN_MAX       255

static __always_inline void interest__begin(struct judgement *j, u32 type, s64 ret)
{
	u64 concerned = config.demand.concerned[type & (EVENT_TYPES - 1)];

	j->generation = config.demand.generation;
	j->filtered = concerned != 0 && !(j->generation & 1);
	j->left = concerned & config.demand.by_outcome[ret < 0];
	j->chain = 0;
}

/*
 * Whether no interest is left. A verdict over masks that changed meanwhile is
 * none: then the event is told.
 */
static __always_inline bool interest__is_gone(struct judgement *j)
{
	if (!j->filtered || j->left)
		return false;
	if (j->generation == config.demand.generation)
		return true;
	j->filtered = 0;
	return false;
}

/* Of opens: the two low bits of the portable flags. */
static __always_inline void interest__of_mode(struct judgement *j, u32 portable)
{
	j->left &= config.demand.by_mode[portable & 3];
}

/* Of mappings: PROT_EXEC, as the kernel has it. */
static __always_inline void interest__of_protection(struct judgement *j, u32 protection)
{
	j->left &= config.demand.by_mode[4 + ((protection >> 2) & 1)];
}

static __always_inline void interest__of_kind(struct judgement *j, u32 kind)
{
	j->left &= config.demand.by_kind[kind & (FD_KINDS - 1)];
}

static __always_inline void scan__look_up(struct scan *scan, u64 key)
{
	u32 bit = (key ^ (key >> 32)) & (BLOOM_BITS - 1);
	u64 *interests;

	if (!(config.demand.bloom[bit / 64] & (1ULL << (bit & 63))))
		return;
	interests = bpf_map_lookup_elem(&paths, &key);
	if (interests)
		scan->found |= *interests;
}

static __always_inline void scan__part(struct scan *scan, u32 index, u64 c)
{
	scan->window = scan->window << 8 | c;
	if (index >= FRAGMENT_BYTES - 1)
		scan__look_up(scan, scan->window * HASH_PRIME ^ KEY_FRAGMENT);
	if (c == '/') {
		scan->directory = scan->whole;
		scan->name = HASH_BASIS;
	} else {
		scan->name = (scan->name ^ c) * HASH_PRIME;
	}
	scan->whole = (scan->whole ^ c) * HASH_PRIME;
	if (index < PREFIX_MAX && (config.demand.prefix_lengths & (2ULL << index)))
		scan__look_up(scan, scan->whole ^ KEY_PREFIX);
}

static long scan__byte(u32 index, struct climb *climb)
{
	struct scan *scan = &climb->s->scan;
	u64 at = scan->at + index;
	u64 c;

	barrier_var(at);
	if (at >= sizeof(struct scratch))
		return 1;
	c = ((u8 *)climb->s)[at];
	if (c == 0) {
		scan->length = index;
		return 1;
	}
	if ((scan->window & 0xff) == '/' && (c == '/' || c == '.'))
		scan->dirty = 1;
	scan__part(scan, index, c);
	return 0;
}

/* The interests that the path at that place of the scratch satisfies; all when it is not judged. */
__noinline u64 interest__of_path(u32 slot, u32 at, u32 by_text)
{
	struct scratch *s = scratch__at(slot);
	struct climb climb = {.s = s};
	struct scan *scan;

	/* Before 5.17 there is no loop for this. */
	if (!s || !bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop))
		return ~0ULL;
	scan = &s->scan;
	scan->at = at;
	scan->whole = scan->name = scan->directory = HASH_BASIS;
	scan->found = 0;
	scan->window = scan->dirty = 0;
	scan->length = SCAN_MAX;
	bpf_loop(SCAN_MAX, scan__byte, &climb, 0);
	if (scan->length >= SCAN_MAX || (by_text && scan->dirty))
		return ~0ULL;
	scan__look_up(scan, scan->whole ^ KEY_EXACT);
	scan__look_up(scan, scan->directory ^ KEY_DIRECTORY);
	scan__look_up(scan, scan->name ^ KEY_NAME);
	return scan->found;
}

static __always_inline bool kind__has_path(u32 kind)
{
	return kind == FD_KIND_UNKNOWN || kind == FD_KIND_DIRECTORY || kind == FD_KIND_FILE_V2;
}

static __always_inline void interest__count_left_out(void)
{
	u32 zero = 0;
	u64 *count = bpf_map_lookup_elem(&left_out, &zero);

	if (count)
		(*count)++;
}

/* Whether the event, whose object was stored last, matters. */
static __always_inline bool interest__admits(struct scratch *s)
{
	struct judgement *j = &s->judgement;
	struct object *o;
	u64 mark = s->mark;
	u64 path;

	if (!j->filtered || !j->left)
		return !interest__is_gone(j);
	barrier_var(mark);
	if ((j->left & config.demand.pathless) || s->at <= mark + sizeof(*o) ||
	    mark >= RECORD_BYTES - sizeof(*o))
		return true;
	o = (void *)&s->record[mark];
	if (!kind__has_path(o->kind) || (o->facts & FD_FACT_PATH_CUT))
		return true;
	path = offsetof(struct scratch, record) + mark + sizeof(*o);
	j->left &= interest__of_path(s->slot, path, o->kind == FD_KIND_UNKNOWN);
	return !interest__is_gone(j);
}

/* Ends the program's work without a record. */
static __always_inline int interest__leave_out(struct scratch *s)
{
	interest__count_left_out();
	scratch__give(s);
	return 0;
}
