// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Runs of parameters that the process events share, and the CONTEXT extension. */
#pragma once
#include "params.h"
#include "../extract/task.h"
#include "../extract/cgroup.h"

/* tid, pid, ptid */
static __always_inline void store__ids(struct scratch *s, struct task_struct *t)
{
	store__s64(s, t->pid);
	store__s64(s, t->tgid);
	store__s64(s, t->real_parent->tgid);
}

/* exe, args: the argument area of the address space, first string apart. */
static __always_inline void store__arguments(struct scratch *s, struct task_struct *t, u32 max)
{
	u64 from = t->mm->arg_start;
	u64 end = t->mm->arg_end;
	u32 n = store__text(s, (void *)from, PATH_BYTES, true);

	if (n == 0 || from + n >= end)
		store__empty(s);
	else
		store__user_bytes(s, from + n, end - from - n, max - PATH_BYTES);
}

/* fdlimit, pgft_maj, pgft_min, vm_size, vm_rss, vm_swap */
static __always_inline void store__usage(struct scratch *s, struct task_struct *t)
{
	struct mm_struct *mm = t->mm;
	u64 size = 0, resident = 0, swapped = 0;

	if (mm) {
		size = mm->total_vm;
		resident = mm__pages(mm, PAGES_FILE) + mm__pages(mm, PAGES_ANONYMOUS) +
			   mm__pages(mm, PAGES_SHMEM);
		swapped = mm__pages(mm, PAGES_SWAP);
	}
	store__u64(s, task__fd_limit(t));
	store__u64(s, t->maj_flt);
	store__u64(s, t->min_flt);
	store__u32(s, size * PAGE_KIB);
	store__u32(s, resident * PAGE_KIB);
	store__u32(s, swapped * PAGE_KIB);
}

/* comm */
static __always_inline void store__comm(struct scratch *s, struct task_struct *t)
{
	store__text(s, &t->comm, 16, false);
}

/* cwd */
static __always_inline void store__cwd(struct scratch *s, struct task_struct *t)
{
	struct fs_struct *fs = t->fs;

	path__resolve(s, (struct path *)&fs->pwd);
	store__open(s);
	store__append_walked(s);
	store__close(s);
}

/* cgroups; remembers where the path is for the DETAIL of the same record. */
static __always_inline void store__cgroups(struct scratch *s, struct task_struct *t)
{
	struct given *path = &s->given[1];

	cgroup__resolve(s, t);
	store__open(s);
	store__append(s, "pids=", 5);
	path->at = s->at;
	store__append_walked(s);
	path->length = s->at - path->at;
	store__close(s);
}

static __always_inline void store__append_cgroup(struct scratch *s)
{
	store__append_copy(s, &s->given[1]);
}

static __always_inline void context__fill(struct context *c, struct task_struct *t)
{
	c->tgid = t->tgid;
	c->flags = t->flags & PF_KTHREAD ? CONTEXT_KERNEL_THREAD : 0;
	c->start_ns = t->group_leader->start_boottime;
	c->cgroup = cgroup__id(t);
	c->mount_ns = task__mount_ns(t);
	c->uid = t->cred->uid.val;
}

/* CONTEXT, filled before. */
static __always_inline void store__context(struct scratch *s)
{
	s->context.flags |= s->flags;
	store__open(s);
	store__append(s, &s->context, sizeof(s->context));
	store__close(s);
}
