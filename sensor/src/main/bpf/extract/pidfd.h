// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Whom a pidfd means. */
#pragma once
#include "file.h"
#include "task.h"

/* The process's number outside every namespace; 0 when the file is no pidfd. */
static __always_inline u32 pidfd__pid(struct scratch *s, struct file *f)
{
	struct view *v = file__view(s, f);
	struct pid *pid = NULL;

	if (v->magic == PIDFS_MAGIC) {
		struct inode *inode = (void *)v->inode;

		pid = BPF_CORE_READ(inode, i_private);
	} else if (file__kind(f, v) == FD_KIND_PIDFD) {
		pid = BPF_CORE_READ(f, private_data);
	}
	return pid ? pid__outer(pid) : 0;
}
