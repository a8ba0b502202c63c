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

#define O_PATH	010000000
#define S_IFREG 0100000

static __always_inline bool door__is_open(u32 type)
{
	return type == EVENT_SYSCALL_OPENAT_2_X || type == EVENT_SYSCALL_OPEN_X ||
	       type == EVENT_SYSCALL_OPENAT2_X || type == EVENT_SYSCALL_CREAT_X;
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
	j->chain = chain__of(t, f);
	if (j->chain)
		j->left &= verdict__of(j->chain, j->generation);
}

/* Whether the call can be forgotten. */
static __always_inline bool door__turns_away(struct judgement *j, struct task_struct *t, u32 type,
					     s64 ret)
{
	interest__begin(j, type, ret);
	if (!j->filtered)
		return false;
	if (CHAIN_POSSIBLE && j->left && ret >= 0 && door__is_open(type))
		door__judge_open(j, t, type, ret);
	return interest__is_gone(j);
}
