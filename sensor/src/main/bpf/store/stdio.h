// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The STDIO extension: what a process's fds 0, 1 and 2 are. Three entries, each
 * u16 length and that many bytes of OBJECT's layout; length 0 is a closed fd.
 */
#pragma once
#include "object.h"

static __always_inline void stdio__append(struct scratch *s, struct file *f)
{
	u64 before = s->at;
	u16 zero = 0;

	store__append(s, &zero, sizeof(zero));
	if (!f)
		return;
	object__append(s->slot, (u64)f);
	barrier_var(before);
	if (before < RECORD_BYTES - sizeof(u16))
		*(u16 *)&s->record[before] = s->at - before - sizeof(u16);
}

/*
 * Two of the three, if not all, are the same file more often than not: a
 * terminal, a pipe, /dev/null. What it is is looked up once.
 */
static __always_inline void store__stdio(struct scratch *s)
{
	struct given *last = &s->given[0];
	struct file *seen = NULL;

	store__open(s);
	for (u32 fd = 0; fd < 3; fd++) {
		struct file *f = file__of_fd(fd);

		if (f && f == seen) {
			store__append_copy(s, last);
			continue;
		}
		last->at = s->at;
		stdio__append(s, f);
		last->length = s->at - last->at;
		seen = f;
	}
	store__close(s);
}
