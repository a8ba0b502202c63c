// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The one program on sys_exit: every call of every process passes here, so it
 * does next to nothing unless the call is wanted. Then it gathers what every
 * record needs, and the family's program takes over.
 */
#include "../store/call.h"
#include "../base/pressure.h"
#include "../extract/door.h"

SEC("tp_btf/sys_exit")
int BPF_PROG(sys_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	u32 type = syscall__event_type(t, regs);
	struct judgement judgement;
	struct scratch *s;
	bool agent;

	if (!type)
		return 0;
	agent = task__is_agent();
	if (agent && (type != EVENT_SYSCALL_PRCTL_X || regs->di != CANARY_OPTION))
		return 0;
	if (door__turns_away(&judgement, t, type, regs, ret)) {
		interest__count_left_out();
		return 0;
	}
	if (pressure__sheds(t, type)) {
		loss__count(type);
		return 0;
	}
	s = scratch__take(type);
	if (!s)
		return 0;
	s->type = type;
	s->failed = ret < 0;
	s->judgement = judgement;
	syscall__load_args(s, t, regs);
	context__fill(&s->context, t);
	ring__begin(s, type, t->pid);
	if (agent)
		s->prefix.canary = CANARY_CALL;
	bpf_tail_call(ctx, &programs, type);
	loss__count(type);
	scratch__give(s);
	return 0;
}
