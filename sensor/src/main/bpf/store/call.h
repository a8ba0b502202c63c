// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Frame of every record that a system call's exit makes. */
#pragma once
#include "task.h"
#include "object.h"
#include "path.h"
#include "../extract/syscall.h"

/*
 * Takes over from the dispatcher, which took the scratch, loaded arguments and
 * context and began the record. NULL is impossible, but for the verifier.
 */
static __always_inline struct scratch *call__begin(void)
{
	return scratch__resume();
}

/* After the object: nothing more, and the event is told if it matters. */
static __always_inline void call__end_without_detail(struct scratch *s)
{
	if (!interest__admits(s)) {
		interest__leave_out(s);
		return;
	}
	store__empty(s);
	store__empty(s);
	ring__end_call(s);
}

/* The extensions of a call about one fd, or about none (f is NULL), and the end of the record. */
static __always_inline void call__end(struct scratch *s, struct file *f)
{
	store__context(s);
	store__object(s, f);
	call__end_without_detail(s);
}

/* The same of a call about the first given path. */
static __always_inline void call__end_path(struct scratch *s, s32 dirfd, bool follows)
{
	store__context(s);
	store__path_object(s, dirfd, 0, follows);
	call__end_without_detail(s);
}
