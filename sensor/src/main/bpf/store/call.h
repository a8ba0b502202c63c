// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Frame of every record that a system call's exit makes. */
#pragma once
#include "task.h"
#include "object.h"
#include "path.h"
#include "../extract/syscall.h"

/*
 * Takes a scratch with the arguments loaded and the record begun, or NULL.
 * Programs behind the dispatcher start with it.
 */
static __always_inline struct scratch *call__begin(struct task_struct *t, struct pt_regs *regs,
						   u32 type, u32 schema_params)
{
	struct scratch *s = scratch__take(type);

	if (!s)
		return NULL;
	syscall__load_args(s, t, regs);
	ring__begin(s, type, t->pid, schema_params);
	return s;
}

/* The extensions of a call about one fd, or about none (f is NULL), and the end of the record. */
static __always_inline void call__end(struct scratch *s, struct task_struct *t, struct file *f)
{
	store__context(s, t);
	store__object(s, f);
	store__empty(s);
	store__empty(s);
	ring__end(s, &activity);
}

/* The same of a call about one path. */
static __always_inline void call__end_path(struct scratch *s, struct task_struct *t, s32 dirfd,
					   struct given *given)
{
	store__context(s, t);
	store__path_object(s, t, dirfd, given);
	store__empty(s);
	store__empty(s);
	ring__end(s, &activity);
}
