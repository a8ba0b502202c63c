// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Calls that make an fd out of nothing: socket, memfd_create, userfaultfd, bpf. */
#include "../store/call.h"

#define SOCK_TYPE_MASK 0xf

SEC("tp_btf/sys_exit")
int BPF_PROG(newfd_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	struct file *f = NULL;

	if (!s)
		return 0;
	store__s64(s, ret);
	switch (s->type) {
	case EVENT_SOCKET_SOCKET_X:
		store__u32(s, s->args[0]);
		store__u32(s, s->args[1] & SOCK_TYPE_MASK);
		store__u32(s, s->args[2]);
		store__u32(s, flags__descriptor(s->args[1]));
		break;
	case EVENT_SYSCALL_MEMFD_CREATE_X:
		store__user_text(s, s->args[0]);
		store__u32(s, s->args[1]);
		break;
	case EVENT_SYSCALL_USERFAULTFD_X:
		store__u32(s, flags__descriptor(s->args[0]));
		break;
	case EVENT_SYSCALL_BPF_2_X:
		store__u32(s, s->args[0]);
		break;
	}
	/* bpf returns an fd only for some commands; what is no fd of the caller is no file. */
	if (ret > 0 || (ret == 0 && s->type != EVENT_SYSCALL_BPF_2_X))
		f = file__of_fd(ret);
	call__end(s, f);
	return 0;
}
