// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Appending parameters. Each store__ call adds the next one of the schema; an
 * empty parameter means NULL.
 */
#pragma once
#include "../base/ring.h"

static __always_inline void store__length(struct scratch *s, u32 length)
{
	u32 i = s->params & (MAX_PARAMS - 1);

	*(u16 *)&s->record[sizeof(struct record_header) + 2 * i] = length;
	s->params = i + 1;
}

/* Where the next max bytes may go, or -1: then the record is marked as cut. */
static __always_inline s64 store__room(struct scratch *s, u32 max)
{
	u64 at = s->at;

	barrier_var(at);
	if (at > RECORD_BYTES - max) {
		s->flags |= CONTEXT_CUT;
		return -1;
	}
	return at;
}

static __always_inline void store__empty(struct scratch *s)
{
	store__length(s, 0);
}

#define STORE_NUMBER(name, type)                                                                   \
	static __always_inline void store__##name(struct scratch *s, type value)                   \
	{                                                                                          \
		u64 at = s->at;                                                                    \
                                                                                                   \
		barrier_var(at);                                                                   \
		if (at > RECORD_BYTES - sizeof(type))                                              \
			return store__empty(s);                                                    \
		*(type *)&s->record[at] = value;                                                   \
		s->at = at + sizeof(type);                                                         \
		store__length(s, sizeof(type));                                                    \
	}

STORE_NUMBER(u8, u8)
STORE_NUMBER(u16, u16)
STORE_NUMBER(u32, u32)
STORE_NUMBER(u64, u64)
STORE_NUMBER(s64, s64)

/* Text, NUL included; at most max bytes. Returns the bytes stored, 0 when it could not be read. */
static __always_inline u32 store__text(struct scratch *s, const void *from, u32 max, bool user)
{
	s64 at = store__room(s, max);
	long n;

	if (at < 0 || !from) {
		store__empty(s);
		return 0;
	}
	n = user ? bpf_probe_read_user_str(&s->record[at], max, from)
		 : bpf_probe_read_kernel_str(&s->record[at], max, from);
	if (n <= 0) {
		store__empty(s);
		return 0;
	}
	if (n >= max)
		s->flags |= CONTEXT_CUT;
	s->at = at + n;
	store__length(s, n);
	return n;
}

static __always_inline void store__user_text(struct scratch *s, u64 from)
{
	store__text(s, (void *)from, PATH_BYTES, true);
}

static __always_inline void store__kernel_text(struct scratch *s, const void *from)
{
	store__text(s, from, PATH_BYTES, false);
}

/* Bytes of user memory, cut at max. A page that is not there ends them. */
static __always_inline void store__user_bytes(struct scratch *s, u64 from, u64 size, u32 max)
{
	s64 at = store__room(s, max);
	u64 n = size;

	barrier_var(n);
	if (n > max) {
		s->flags |= CONTEXT_CUT;
		n = max;
	}
	if (at < 0 || n == 0 || bpf_probe_read_user(&s->record[at], n, (void *)from)) {
		store__empty(s);
		return;
	}
	s->at = at + n;
	store__length(s, n);
}

/*
 * A parameter of several pieces: open, append, close. One whose pieces did not
 * all fit is left as far as it got.
 */
static __always_inline void store__open(struct scratch *s)
{
	s->mark = s->at;
}

static __always_inline void store__close(struct scratch *s)
{
	store__length(s, s->at - s->mark);
}

static __always_inline void store__append(struct scratch *s, const void *bytes, u32 size)
{
	s64 at = store__room(s, size);

	if (at < 0)
		return;
	__builtin_memcpy(&s->record[at], bytes, size);
	s->at = at + size;
}

/* NUL included; nothing when it cannot be read. */
static __always_inline void store__append_user_text(struct scratch *s, u64 from)
{
	s64 at = store__room(s, PATH_BYTES);
	long n;

	if (at < 0)
		return;
	n = bpf_probe_read_user_str(&s->record[at], PATH_BYTES, (void *)from);
	if (n > 0)
		s->at = at + n;
}

/* The text that a walk left in s->text, NUL included. */
static __always_inline void store__append_walked(struct scratch *s)
{
	s64 at = store__room(s, PATH_BYTES);
	u64 from = s->walk.at;
	u64 n;

	barrier_var(from);
	if (at < 0 || from >= PATH_BYTES)
		return;
	n = PATH_BYTES - from;
	barrier_var(n);
	if (n > PATH_BYTES)
		return;
	bpf_probe_read_kernel(&s->record[at], n, &s->text[from]);
	s->at = at + n;
}

/* A text that is in the record already. */
static __always_inline void store__append_copy(struct scratch *s, struct given *given)
{
	s64 to = store__room(s, PATH_BYTES);
	u64 from = given->at;
	u64 n = given->length;

	barrier_var(from);
	barrier_var(n);
	if (to < 0 || from > RECORD_BYTES - PATH_BYTES || n > PATH_BYTES)
		return;
	bpf_probe_read_kernel(&s->record[to], n, &s->record[from]);
	s->at = to + n;
}
