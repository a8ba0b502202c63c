// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Runs of parameters that the process events share, and the CONTEXT extension. */
#pragma once
#include "params.h"
#include "../extract/task.h"
#include "../extract/cgroup.h"

/* tid, pid, ptid */
static __always_inline void store__ids(struct scratch *s, struct task_struct *t)
{
	store__s64(s, BPF_CORE_READ(t, pid));
	store__s64(s, BPF_CORE_READ(t, tgid));
	store__s64(s, BPF_CORE_READ(t, real_parent, tgid));
}

/* exe, args: the argument area of the address space, first string apart. */
static __always_inline void store__arguments(struct scratch *s, struct task_struct *t, u32 max)
{
	u64 from = BPF_CORE_READ(t, mm, arg_start);
	u64 end = BPF_CORE_READ(t, mm, arg_end);
	u32 n = store__text(s, (void *)from, PATH_BYTES, true);

	if (n == 0 || from + n >= end)
		store__empty(s);
	else
		store__user_bytes(s, from + n, end - from - n, max - PATH_BYTES);
}

/* fdlimit, pgft_maj, pgft_min, vm_size, vm_rss, vm_swap */
static __always_inline void store__usage(struct scratch *s, struct task_struct *t)
{
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	u64 size = 0, resident = 0, swapped = 0;

	if (mm) {
		size = BPF_CORE_READ(mm, total_vm);
		resident = mm__pages(mm, PAGES_FILE) + mm__pages(mm, PAGES_ANONYMOUS) +
			   mm__pages(mm, PAGES_SHMEM);
		swapped = mm__pages(mm, PAGES_SWAP);
	}
	store__u64(s, task__fd_limit(t));
	store__u64(s, BPF_CORE_READ(t, maj_flt));
	store__u64(s, BPF_CORE_READ(t, min_flt));
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
	struct fs_struct *fs = BPF_CORE_READ(t, fs);

	path__resolve(s, (struct path *)&fs->pwd, t);
	store__open(s);
	store__append_walked(s);
	store__close(s);
}

/* cgroups; leaves the path in s->text for the DETAIL of the same record. */
static __always_inline void store__cgroups(struct scratch *s, struct task_struct *t)
{
	cgroup__resolve(s, t);
	store__open(s);
	store__append(s, "pids=", 5);
	store__append_walked(s);
	store__close(s);
}

static __always_inline void store__context(struct scratch *s, struct task_struct *t)
{
	struct context c = {
	    .tgid = BPF_CORE_READ(t, tgid),
	    .flags = s->flags | (BPF_CORE_READ(t, flags) & PF_KTHREAD ? CONTEXT_KERNEL_THREAD : 0),
	    .start_ns = BPF_CORE_READ(t, group_leader, start_boottime),
	    .cgroup = cgroup__id(t),
	    .mount_ns = task__mount_ns(t),
	    .uid = BPF_CORE_READ(t, cred, uid.val),
	};

	store__open(s);
	store__append(s, &c, sizeof(c));
	store__close(s);
}
