// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Calls about one fd: fchmod, setns, finit_module, listen; the object is that fd's. */
#include "../store/call.h"
#include "../extract/clone.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(fd_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();

	if (!s)
		return 0;
	store__s64(s, ret);
	store__s64(s, (s32)s->args[0]);
	if (s->type == EVENT_SYSCALL_FINIT_MODULE_X) {
		store__user_text(s, s->args[1]);
		store__u32(s, s->args[2]);
	} else if (s->type == EVENT_SYSCALL_SETNS_X) {
		store__u32(s, clone__portable(s->args[1]));
	} else {
		store__u32(s, s->args[1]);
	}
	call__end(s, file__of_fd(s->args[0]));
	return 0;
}
