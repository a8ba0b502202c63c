// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Parameters of exec that success and failure share. */
#pragma once
#include "task.h"
#include "../extract/exe.h"

/* env; empty unless a rule reads it. */
static __always_inline void store__environment(struct scratch *s, struct task_struct *t)
{
	u64 from = BPF_CORE_READ(t, mm, env_start);

	if (config.environment)
		store__user_bytes(s, from, BPF_CORE_READ(t, mm, env_end) - from, ENV_MAX);
	else
		store__empty(s);
}

static __always_inline void store__capabilities(struct scratch *s, const struct cred *cred)
{
	u64 caps = 0;

	bpf_core_read(&caps, sizeof(caps), &cred->cap_inheritable);
	store__u64(s, caps);
	bpf_core_read(&caps, sizeof(caps), &cred->cap_permitted);
	store__u64(s, caps);
	bpf_core_read(&caps, sizeof(caps), &cred->cap_effective);
	store__u64(s, caps);
}

/* tty, vpgid, loginuid, flags, caps, exe_ino, exe_ino_ctime, exe_ino_mtime, uid,
 * trusted_exepath, pgid, gid */
static __always_inline void store__identity(struct scratch *s, struct task_struct *t)
{
	const struct cred *cred = PEEK(task_struct, t, cred);
	struct mm_struct *mm = PEEK(task_struct, t, mm);
	struct file *exe = PEEK(mm_struct, mm, exe_file);
	struct inode *inode = PEEK(file, exe, f_inode);

	store__u32(s, task__tty(t));
	store__s64(s, pid__inner(task__pid(t, PID_OF_PROCESS_GROUP)));
	store__u32(s, task__loginuid(t));
	store__u32(s, exe__flags(s, t, exe));
	store__capabilities(s, cred);
	store__u64(s, s->view.number);
	store__u64(s, inode__ctime(inode));
	store__u64(s, inode__mtime(inode));
	store__u32(s, PEEK(cred, cred, euid.val));
	path__resolve(s, (struct path *)&exe->f_path);
	store__open(s);
	store__append_walked(s);
	store__close(s);
	store__s64(s, pid__outer(task__pid(t, PID_OF_PROCESS_GROUP)));
	store__u32(s, PEEK(cred, cred, egid.val));
}

static __always_inline void store__exec_detail(struct scratch *s, struct task_struct *t)
{
	struct view *exe = &s->view; /* read by store__identity */
	struct exec_detail d = {
	    .start_ns = t->start_boottime,
	    .parent_start_ns = BPF_CORE_READ(t, real_parent, group_leader, start_boottime),
	    .pid_ns = BPF_CORE_READ(task__pid_ns(t), ns.inum),
	    .mount_ns = s->context.mount_ns,
	    .link_count = exe->links,
	    .filesystem = exe->magic,
	    .device = exe->device,
	    .mode = exe->mode,
	};

	store__open(s);
	store__append(s, &d, sizeof(d));
	store__append_cgroup(s);
	store__close(s);
}
