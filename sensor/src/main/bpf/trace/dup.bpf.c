// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* dup, dup2, dup3, and fcntl where it does the same; the object is the new fd's. */
#include "../store/call.h"

#define F_DUPFD		0
#define F_DUPFD_CLOEXEC 1030

/* By the kernel's number; 0 is unknown. */
static const u8 low_commands[] = {1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 15, 0, 0, 0, 21, 22};
/* From F_SETLEASE on. */
static const u8 high_commands[] = {24, 23, 27, 0, 0, 25, 26, 28, 29};

#define F_OFD_GETLK  36
#define F_OFD_SETLKW 38
#define F_SETLEASE   1024

static __always_inline u8 dup__portable_command(u32 command)
{
	u64 low = command, high = command - F_SETLEASE;

	barrier_var(low);
	barrier_var(high);
	if (low < sizeof(low_commands))
		return low_commands[low];
	if (high < sizeof(high_commands))
		return high_commands[high];
	if (low >= F_OFD_GETLK && low <= F_OFD_SETLKW)
		return low - F_OFD_GETLK + 30;
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(dup_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	bool duplicates;
	u32 type, command;

	if (!s)
		return 0;
	type = s->type;
	command = s->args[1];
	duplicates =
	    type != EVENT_SYSCALL_FCNTL_X || command == F_DUPFD || command == F_DUPFD_CLOEXEC;
	if (!duplicates && !config.whole[EVENT_SYSCALL_FCNTL_X]) {
		scratch__give(s);
		return 0;
	}
	store__s64(s, ret);
	store__s64(s, (s32)s->args[0]);
	if (type == EVENT_SYSCALL_FCNTL_X) {
		store__u8(s, dup__portable_command(command));
		store__u64(s, s->args[2]);
	} else if (type != EVENT_SYSCALL_DUP_1_X) {
		store__s64(s, (s32)s->args[1]);
		if (type == EVENT_SYSCALL_DUP3_X)
			store__u32(s, flags__descriptor(s->args[2]));
	}
	if (!duplicates)
		call__end(s, file__of_fd(s->args[0]));
	else
		call__end(s, ret >= 0 ? file__of_fd(ret) : NULL);
	return 0;
}
