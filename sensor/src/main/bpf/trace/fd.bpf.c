// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Calls about one fd: fchmod, setns, finit_module, listen; the object is that fd's. */
#include "../store/call.h"
#include "../extract/clone.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(fd_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	u32 type = syscall__event_type(t, regs);
	bool module = type == EVENT_SYSCALL_FINIT_MODULE_X;
	struct scratch *s = call__begin(t, regs, type, module ? 4 : 3);

	if (!s)
		return 0;
	store__s64(s, ret);
	store__s64(s, (s32)s->args[0]);
	if (module) {
		store__user_text(s, s->args[1]);
		store__u32(s, s->args[2]);
	} else if (type == EVENT_SYSCALL_SETNS_X) {
		store__u32(s, clone__portable(s->args[1]));
	} else {
		store__u32(s, s->args[1]);
	}
	call__end(s, t, file__of_fd(t, s->args[0]));
	return 0;
}
