// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A successful exec, from the scheduler's tracepoint: the new image stands, no
 * instruction of it has run. (At sys_exit the old address space is gone.)
 */
#include "../store/exec.h"
#include "../store/stdio.h"
#include "../base/pressure.h"
#include "../enforce/guard.h"

SEC("tp_btf/sched_process_exec")
int BPF_PROG(sched_process_exec, struct task_struct *t, pid_t old_pid, struct linux_binprm *bprm)
{
	/*
	 * The kernel overwrites the syscall number at exec; what remains of
	 * execveat is the path it builds when it was given a directory fd.
	 */
	bool at = BPF_CORE_READ(bprm, fdpath);
	u32 type = at ? EVENT_SYSCALL_EXECVEAT_X : EVENT_SYSCALL_EXECVE_19_X;
	struct scratch *s;
	u32 done;

	if (task__is_agent())
		return 0;
	s = scratch__take(type);
	if (!s)
		return 0;
	ring__begin(s, type, t->pid);
	done = guard__exec(s, t);
	/* One that was held or ended is told whoever else has to give way. */
	if (!done && pressure__sheds_life(t, true)) {
		loss__count(type);
		scratch__give(s);
		return 0;
	}
	s->flags |= done;
	context__fill(&s->context, t);
	store__s64(s, 0);
	store__arguments(s, t, ARGS_MAX);
	store__ids(s, t);
	store__cwd(s, t);
	store__usage(s, t);
	store__comm(s, t);
	store__cgroups(s, t);
	store__environment(s, t);
	store__identity(s, t);
	if (!at)
		store__kernel_text(s, BPF_CORE_READ(bprm, filename));
	store__context(s);
	store__empty(s);
	store__exec_detail(s, t);
	store__stdio(s);
	if (ring__end(s, &lifecycle) && done & CONTEXT_HELD)
		guard__let_go(t);
	return 0;
}
