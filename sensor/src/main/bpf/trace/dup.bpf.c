// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* dup, dup2, dup3, and fcntl where it does the same; the object is the new fd's. */
#include "../store/call.h"

#define F_DUPFD		      0
#define F_DUPFD_CLOEXEC	      1030
#define PORTABLE_DUPFD	      1
#define PORTABLE_DUPFD_CLOEXEC 26

static __always_inline u32 dup__params(u32 type)
{
	switch (type) {
	case EVENT_SYSCALL_DUP2_X:
		return 3;
	case EVENT_SYSCALL_DUP3_X:
	case EVENT_SYSCALL_FCNTL_X:
		return 4;
	}
	return 2;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(dup_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	u32 type = syscall__event_type(t, regs);
	u32 command = regs->si;
	struct scratch *s;

	if (t->thread_info.status & TS_COMPAT)
		command = regs->cx;
	if (type == EVENT_SYSCALL_FCNTL_X && command != F_DUPFD && command != F_DUPFD_CLOEXEC)
		return 0;
	s = call__begin(t, regs, type, dup__params(type));
	if (!s)
		return 0;
	store__s64(s, ret);
	store__s64(s, (s32)s->args[0]);
	if (type == EVENT_SYSCALL_FCNTL_X) {
		store__u8(s, command == F_DUPFD ? PORTABLE_DUPFD : PORTABLE_DUPFD_CLOEXEC);
		store__u64(s, s->args[2]);
	} else if (type != EVENT_SYSCALL_DUP_1_X) {
		store__s64(s, (s32)s->args[1]);
		if (type == EVENT_SYSCALL_DUP3_X)
			store__u32(s, flags__descriptor(s->args[2]));
	}
	call__end(s, t, ret >= 0 ? file__of_fd(t, ret) : NULL);
	return 0;
}
