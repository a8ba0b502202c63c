// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which call made a task, and its flags in the portable encoding. */
#pragma once
#include "syscall.h"
#include "task.h"

struct clone_call {
	u32 type;
	u32 flags;
};

/* The kernel's bits and the portable ones; clone, clone3, unshare and setns share them. */
static __always_inline u32 clone__portable(u64 flags)
{
	u32 out = 0;

#define CLONE_BIT(kernel, portable)                                                                \
	if (flags & (kernel))                                                                      \
		out |= (portable);
	CLONE_BIT(0x00000400, 1 << 0)  /* FILES */
	CLONE_BIT(0x00000200, 1 << 1)  /* FS */
	CLONE_BIT(0x80000000, 1 << 2)  /* IO */
	CLONE_BIT(0x08000000, 1 << 3)  /* NEWIPC */
	CLONE_BIT(0x40000000, 1 << 4)  /* NEWNET */
	CLONE_BIT(0x00020000, 1 << 5)  /* NEWNS */
	CLONE_BIT(0x20000000, 1 << 6)  /* NEWPID */
	CLONE_BIT(0x04000000, 1 << 7)  /* NEWUTS */
	CLONE_BIT(0x00008000, 1 << 8)  /* PARENT */
	CLONE_BIT(0x00100000, 1 << 9)  /* PARENT_SETTID */
	CLONE_BIT(0x00002000, 1 << 10) /* PTRACE */
	CLONE_BIT(0x00000800, 1 << 11) /* SIGHAND */
	CLONE_BIT(0x00040000, 1 << 12) /* SYSVSEM */
	CLONE_BIT(0x00010000, 1 << 13) /* THREAD */
	CLONE_BIT(0x00800000, 1 << 14) /* UNTRACED */
	CLONE_BIT(0x00000100, 1 << 15) /* VM */
	CLONE_BIT(0x10000000, 1 << 20) /* NEWUSER */
	CLONE_BIT(0x00200000, 1 << 23) /* CHILD_CLEARTID */
	CLONE_BIT(0x01000000, 1 << 24) /* CHILD_SETTID */
	CLONE_BIT(0x00080000, 1 << 25) /* SETTLS */
	CLONE_BIT(0x00004000, 1 << 27) /* VFORK */
	CLONE_BIT(0x02000000, 1 << 28) /* NEWCGROUP */
#undef CLONE_BIT
	return out;
}

#define CLONE_VM	  0x00000100
#define CLONE_FS	  0x00000200
#define CLONE_FILES	  0x00000400
#define CLONE_SIGHAND	  0x00000800
#define CLONE_VFORK	  0x00004000
#define CLONE_THREAD	  0x00010000
#define PORTABLE_IN_PIDNS (1 << 29)

/* What parent and child share shows the flags that matter, whatever the call was. */
static __always_inline u64 clone__shared(struct task_struct *parent, struct task_struct *child)
{
	u64 flags = 0;

	if (child->pid != child->tgid)
		flags |= CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
	if (child->files == parent->files)
		flags |= CLONE_FILES;
	if (child->fs == parent->fs)
		flags |= CLONE_FS;
	return flags;
}

/* Low byte of clone's flags: the signal at exit. */
#define CSIGNAL 0xff

static __always_inline void clone__call(struct clone_call *call, struct task_struct *parent,
					struct task_struct *child)
{
	u64 flags = clone__shared(parent, child);
	struct pt_regs *regs = syscall__current_regs();
	struct pid_namespace *ns = task__pid_ns(child);

	call->type = EVENT_SYSCALL_CLONE_20_X;
	if (regs && !(parent->flags & PF_KTHREAD)) {
		u32 number = syscall__native_number(parent, regs);
		u64 first = syscall__first_arg(parent, regs);

		if (number == NR_CLONE) {
			flags |= first & ~CSIGNAL;
		} else if (number == NR_CLONE3) {
			u64 given = 0;

			call->type = EVENT_SYSCALL_CLONE3_X;
			bpf_probe_read_user(&given, sizeof(given), (void *)first);
			flags |= given;
		} else if (number == NR_FORK) {
			call->type = EVENT_SYSCALL_FORK_20_X;
		} else if (number == NR_VFORK) {
			call->type = EVENT_SYSCALL_VFORK_20_X;
			flags |= CLONE_VFORK | CLONE_VM;
		}
	}
	call->flags = clone__portable(flags);
	if (BPF_CORE_READ(ns, level) > 0)
		call->flags |= PORTABLE_IN_PIDNS;
}
