// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The executable: its times, and what may be thought of it. */
#pragma once
#include "file.h"

enum exe_flag {
	EXE_WRITABLE = 1 << 0,
	EXE_UPPER_LAYER = 1 << 1,
	EXE_FROM_MEMFD = 1 << 2,
	EXE_LOWER_LAYER = 1 << 3,
};

#define CAP_DAC_OVERRIDE 1
#define NS_PER_S	 1000000000ULL
#define CTIME_QUERIED	 (1U << 31)

static __always_inline u64 inode__mtime(struct inode *inode)
{
	struct inode___hidden_times *hidden = (void *)inode;
	struct inode___plain_times *plain = (void *)inode;

	if (bpf_core_field_exists(inode->i_mtime_sec))
		return PEEK(inode, inode, i_mtime_sec) * NS_PER_S +
		       PEEK(inode, inode, i_mtime_nsec);
	if (bpf_core_field_exists(hidden->__i_mtime))
		return BPF_CORE_READ(hidden, __i_mtime.tv_sec) * NS_PER_S +
		       BPF_CORE_READ(hidden, __i_mtime.tv_nsec);
	return BPF_CORE_READ(plain, i_mtime.tv_sec) * NS_PER_S +
	       BPF_CORE_READ(plain, i_mtime.tv_nsec);
}

static __always_inline u64 inode__ctime(struct inode *inode)
{
	struct inode___hidden_times *hidden = (void *)inode;
	struct inode___plain_times *plain = (void *)inode;

	/* Since 6.13 the top bit of the nanoseconds says that somebody looked at the time. */
	if (bpf_core_field_exists(inode->i_ctime_sec))
		return PEEK(inode, inode, i_ctime_sec) * NS_PER_S +
		       (PEEK(inode, inode, i_ctime_nsec) & ~CTIME_QUERIED);
	if (bpf_core_field_exists(hidden->__i_ctime))
		return BPF_CORE_READ(hidden, __i_ctime.tv_sec) * NS_PER_S +
		       BPF_CORE_READ(hidden, __i_ctime.tv_nsec);
	return BPF_CORE_READ(plain, i_ctime.tv_sec) * NS_PER_S +
	       BPF_CORE_READ(plain, i_ctime.tv_nsec);
}

/* Whether the process could write the file it runs, by mode bits and CAP_DAC_OVERRIDE. */
static __always_inline bool exe__writable(struct task_struct *t, struct inode *inode)
{
	const struct cred *cred = PEEK(task_struct, t, cred);
	struct user_namespace *ns = PEEK(cred, cred, user_ns);
	struct super_block *sb = PEEK(inode, inode, i_sb);
	u32 mode = PEEK(inode, inode, i_mode);
	u64 caps = 0;

	bpf_core_read(&caps, sizeof(caps), &cred->cap_effective);
	/* Inside a user namespace the capability reaches only the files of that namespace. */
	if ((caps & (1ULL << CAP_DAC_OVERRIDE)) &&
	    (PEEK(user_namespace, ns, level) == 0 || PEEK(super_block, sb, s_user_ns) == ns))
		return true;
	if (PEEK(cred, cred, fsuid.val) == PEEK(inode, inode, i_uid.val))
		return mode & 0200;
	if (PEEK(cred, cred, fsgid.val) == PEEK(inode, inode, i_gid.val))
		return mode & 0020;
	return mode & 0002;
}

static __always_inline u32 exe__flags(struct scratch *s, struct task_struct *t, struct file *exe)
{
	u32 facts = file__facts(exe, file__view(s, exe));
	u32 flags = 0;

	if (exe__writable(t, PEEK(file, exe, f_inode)))
		flags |= EXE_WRITABLE;
	if (facts & FD_FACT_UPPER_LAYER)
		flags |= EXE_UPPER_LAYER;
	if (facts & FD_FACT_LOWER_LAYER)
		flags |= EXE_LOWER_LAYER;
	if (facts & FD_FACT_MEMFD)
		flags |= EXE_FROM_MEMFD;
	return flags;
}
