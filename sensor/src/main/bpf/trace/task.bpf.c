// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What a task does to itself or to other tasks: setuid, setreuid, setresuid and
 * the same of groups, setsid, setpgid, unshare, prctl, kill, tkill, tgkill, and
 * pidfd_send_signal, which is told as a kill of the process that it means.
 */
#include "../store/call.h"
#include "../extract/clone.h"
#include "../extract/pidfd.h"

#define PR_SET_NAME 15
#define COMM_BYTES  16

/* The same for 32-bit callers. */
#define NR_PIDFD_SEND_SIGNAL 424

/* How many user or group ids the call takes. */
static __always_inline u32 task_call__ids(u32 type)
{
	switch (type) {
	case EVENT_SYSCALL_SETUID_X:
	case EVENT_SYSCALL_SETGID_X:
		return 1;
	case EVENT_SYSCALL_SETREUID_X:
	case EVENT_SYSCALL_SETREGID_X:
		return 2;
	case EVENT_SYSCALL_SETRESUID_X:
	case EVENT_SYSCALL_SETRESGID_X:
		return 3;
	}
	return 0;
}

static __always_inline void task_call__store_prctl(struct scratch *s)
{
	store__u32(s, s->args[0]);
	if (s->args[0] == PR_SET_NAME) {
		store__text(s, (void *)s->args[1], COMM_BYTES, true);
		store__s64(s, 0);
	} else {
		store__empty(s);
		store__s64(s, s->args[1]);
	}
}

SEC("tp_btf/sys_exit")
int BPF_PROG(task_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	struct file *f = NULL;
	u32 type, ids;

	if (!s)
		return 0;
	type = s->type;
	if (type == EVENT_SYSCALL_PRCTL_X && (u32)s->args[0] != PR_SET_NAME && !s->prefix.canary &&
	    !config.whole[EVENT_SYSCALL_PRCTL_X]) {
		scratch__give(s);
		return 0;
	}
	store__s64(s, ret);
	ids = task_call__ids(type);
	if (ids > 0)
		store__u32(s, s->args[0]);
	if (ids > 1)
		store__u32(s, s->args[1]);
	if (ids > 2)
		store__u32(s, s->args[2]);
	switch (type) {
	case EVENT_SYSCALL_SETPGID_X:
		store__s64(s, (s32)s->args[0]);
		store__s64(s, (s32)s->args[1]);
		break;
	case EVENT_SYSCALL_UNSHARE_X:
		store__u32(s, clone__portable(s->args[0]));
		break;
	case EVENT_SYSCALL_PRCTL_X:
		task_call__store_prctl(s);
		break;
	case EVENT_SYSCALL_KILL_X:
		if (regs->orig_ax == NR_PIDFD_SEND_SIGNAL) {
			f = file__of_fd(s->args[0]);
			store__s64(s, f ? pidfd__pid(s, f) : 0);
			store__u8(s, s->args[1]);
			break;
		}
		/* fallthrough */
	case EVENT_SYSCALL_TKILL_X:
		store__s64(s, (s32)s->args[0]);
		store__u8(s, s->args[1]);
		break;
	case EVENT_SYSCALL_TGKILL_X:
		store__s64(s, (s32)s->args[0]);
		store__s64(s, (s32)s->args[1]);
		store__u8(s, s->args[2]);
		break;
	}
	call__end(s, f);
	return 0;
}
