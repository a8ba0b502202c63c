// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Turning events away at the door, before anything is taken or written: most
 * opens of a busy machine are of files that were opened before.
 */
#pragma once
#include "chain.h"
#include "file.h"
#include "flags.h"
#include "interest.h"
#include "task.h"

#define O_PATH 010000000

static __always_inline bool door__is_open(u32 type)
{
	return type == EVENT_SYSCALL_OPENAT_2_X || type == EVENT_SYSCALL_OPEN_X ||
	       type == EVENT_SYSCALL_OPENAT2_X || type == EVENT_SYSCALL_CREAT_X;
}

static __always_inline bool door__is_mapping(u32 type)
{
	return type == EVENT_SYSCALL_MMAP_X || type == EVENT_SYSCALL_MMAP2_X ||
	       type == EVENT_SYSCALL_MPROTECT_X;
}

/* An open that succeeded, of a plain file or a directory; what else there is passes. */
static __always_inline void door__judge_open(struct judgement *j, struct task_struct *t, u32 type,
					     u32 fd)
{
	struct file *f = chain__file(t, fd);
	u32 flags, mode;

	if (!f)
		return;
	flags = f->f_flags;
	mode = f->f_inode->i_mode & S_IFMT;
	/* O_PATH takes the access mode out of the file's flags. */
	if ((flags & O_PATH) || (mode != S_IFREG && mode != S_IFDIR))
		return;
	if (type != EVENT_SYSCALL_CREAT_X)
		interest__of_mode(j, flags__open(flags));
	interest__of_kind(j, mode == S_IFDIR ? FD_KIND_DIRECTORY : FD_KIND_FILE_V2);
	if (!j->left || (j->left & config.demand.pathless))
		return;
	/* Its place says nothing of its other names. */
	if (mode == S_IFREG && f->f_inode->i_nlink > 1)
		return;
	j->chain = chain__of(t, f);
	if (j->chain)
		j->left &= verdict__of(j->chain, j->generation);
}

/*
 * Whether it is surely not in a container. Both must say so: a process that left
 * its container's cgroup, or its mounts, may still count as the container's.
 */
static __always_inline bool door__is_host(struct task_struct *t)
{
	u64 cgroup = cgroup__id(t);

	return config.host_cgroups[(cgroup ^ cgroup >> 32) & (HOST_CGROUPS - 1)] == cgroup &&
	       config.host_mount_ns && task__mount_ns(t) == config.host_mount_ns;
}

/* Whether the call can be forgotten. */
static __always_inline bool door__turns_away(struct judgement *j, struct task_struct *t, u32 type,
					     struct pt_regs *regs, s64 ret)
{
	interest__begin(j, type, ret);
	if (!j->filtered)
		return false;
	if ((j->left & ~config.demand.on_host) && door__is_host(t))
		j->left &= config.demand.on_host;
	if (SEE_POSSIBLE && j->left && ret >= 0 && door__is_open(type))
		door__judge_open(j, t, type, ret);
	/* The protection is the third argument of each, for 32-bit callers too. */
	if (j->left && door__is_mapping(type))
		interest__of_protection(j, regs->dx);
	return interest__is_gone(j);
}
