// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A new task of any flavour, told as the child's side of the call (res = 0). */
#include "../store/task.h"
#include "../base/pressure.h"
#include "../extract/clone.h"

/* Whether the child was given to another: it then belongs to who called. A container's runtime on
 * the host does the same for what it puts into the container's pid namespace: there the runtime
 * itself is the better answer. */
static __always_inline bool fork__is_given_away(struct task_struct *caller,
						struct task_struct *child, u32 childs_pid_ns)
{
	u32 own;

	if (child->real_parent->tgid == caller->tgid || child->tgid == caller->tgid)
		return false;
	own = BPF_CORE_READ(task__pid_ns(caller), ns.inum);
	return own == childs_pid_ns || own != PID_NS_OF_THE_HOST;
}

static __always_inline void fork__store_detail(struct scratch *s, struct task_struct *caller,
					       struct task_struct *child)
{
	struct fork_detail d = {
	    .start_ns = child->start_boottime,
	    .parent_start_ns = child->real_parent->group_leader->start_boottime,
	    .pid_ns = BPF_CORE_READ(task__pid_ns(child), ns.inum),
	    .mount_ns = task__mount_ns(child),
	};

	if (fork__is_given_away(caller, child, d.pid_ns)) {
		d.creator = caller->tgid;
		d.creator_start_ns = caller->group_leader->start_boottime;
	}
	store__open(s);
	store__append(s, &d, sizeof(d));
	store__append_cgroup(s);
	store__close(s);
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(sched_process_fork, struct task_struct *parent, struct task_struct *child)
{
	struct clone_call call;
	struct pid_namespace *ns;
	struct scratch *s;
	/* Its threads only: a process that the agent starts is somebody else. */
	bool agent = (u32)child->tgid == config.agent_tgid;

	if (agent && !config.canary)
		return 0;
	clone__call(&call, parent, child);
	if (!agent && pressure__sheds_life(parent, false)) {
		loss__count(call.type);
		return 0;
	}
	s = scratch__take(call.type);
	if (!s)
		return 0;
	ring__begin(s, call.type, child->pid);
	if (agent)
		s->prefix.canary = CANARY_FORK;
	store__s64(s, 0);
	/* The child's memory is a copy that cannot be read from here; the parent's holds the same.
	 */
	store__arguments(s, parent, 2 * PATH_BYTES);
	store__ids(s, child);
	store__cwd(s, child);
	store__usage(s, child);
	store__comm(s, child);
	store__cgroups(s, child);
	store__u32(s, call.flags);
	store__u32(s, child->cred->euid.val);
	store__u32(s, child->cred->egid.val);
	store__s64(s, pid__inner(child->thread_pid));
	store__s64(s, pid__inner(task__pid(child, PID_OF_GROUP)));
	ns = task__pid_ns(child);
	store__u64(s, pid_ns__start(ns) + config.epoch_offset);
	context__fill(&s->context, child);
	store__context(s);
	store__empty(s);
	fork__store_detail(s, parent, child);
	store__empty(s);
	ring__end(s, &lifecycle);
	return 0;
}
