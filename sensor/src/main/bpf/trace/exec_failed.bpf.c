// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * An exec that failed: the caller's own image, with the arguments it wanted to
 * give. The object is the path it tried, made absolute.
 */
#include "../store/call.h"
#include "../store/exec_failed.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(exec_failed_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct scratch *s = call__begin();
	bool at;

	if (!s)
		return 0;
	/* Success was told by sched_process_exec. */
	if (ret >= 0) {
		scratch__give(s);
		return 0;
	}
	at = s->type == EVENT_SYSCALL_EXECVEAT_X;
	exec_failed__store(s, t, ret, at);
	if (!at)
		store__user_text(s, s->args[0]);
	store__context(s);
	store__user_path_object(s, at ? (s32)s->args[0] : AT_FDCWD, at ? s->args[1] : s->args[0]);
	store__exec_detail(s, t);
	store__empty(s);
	ring__end_call(s);
	return 0;
}
