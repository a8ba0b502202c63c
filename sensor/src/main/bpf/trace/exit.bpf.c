// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The end of a task; one record per thread. */
#include "../store/task.h"
#include "../base/pressure.h"

SEC("tp_btf/sched_process_exit")
int BPF_PROG(sched_process_exit, struct task_struct *t)
{
	u32 status = t->exit_code;
	bool agent = task__is_agent();
	struct scratch *s;

	if (agent && !config.canary)
		return 0;
	if (!agent && pressure__sheds_life(t, false)) {
		loss__count(EVENT_PROCEXIT_1_E);
		return 0;
	}
	s = scratch__take(EVENT_PROCEXIT_1_E);
	if (!s)
		return 0;
	ring__begin(s, EVENT_PROCEXIT_1_E, t->pid);
	if (agent)
		s->prefix.canary = CANARY_EXIT;
	context__fill(&s->context, t);
	store__s64(s, status);
	store__s64(s, (status >> 8) & 0xff);
	store__u8(s, status & 0x7f);
	store__u8(s, (status & 0x80) != 0);
	store__s64(s, task__reaper(t));
	store__context(s);
	store__empty(s);
	store__empty(s);
	store__empty(s);
	ring__end(s, &lifecycle);
	return 0;
}
