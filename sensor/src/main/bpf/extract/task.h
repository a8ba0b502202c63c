// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel knows of a task. */
#pragma once
#include "../base/scratch.h"

#define PF_KTHREAD 0x00200000

/* Indexes of signal_struct.pids, fixed since 4.19. */
enum { PID_OF_TASK = 0, PID_OF_GROUP, PID_OF_PROCESS_GROUP, PID_OF_SESSION };

#define RLIMIT_NOFILE 7
#define PAGE_KIB      4

/* Numbers of a pid, from the initial namespace and from its own. */
static __always_inline u32 pid__outer(struct pid *p)
{
	return PEEK(pid, p, numbers[0].nr);
}

#define PID_NS_OF_THE_HOST 0xEFFFFFFCU /* PROC_PID_INIT_INO, since 3.8 */

static __always_inline void pid__innermost(struct pid *p, struct upid *into)
{
	u64 at = (u64)&p->numbers + PEEK(pid, p, level) * sizeof(*into);

	into->nr = PEEK(upid, at, nr);
	into->ns = PEEK(upid, at, ns);
}

static __always_inline u32 pid__inner(struct pid *p)
{
	struct upid id;

	pid__innermost(p, &id);
	return id.nr;
}

static __always_inline struct pid *task__pid(struct task_struct *t, u32 which)
{
	u64 at = (u64)&t->signal->pids + which * sizeof(struct pid *);

	/* Of an array of pointers: any type that begins with one will do. */
	return (struct pid *)PEEK(list_head, at, next);
}

/* The namespace that the task lives in, not the one for its children. */
static __always_inline struct pid_namespace *task__pid_ns(struct task_struct *t)
{
	struct upid id;

	pid__innermost(t->thread_pid, &id);
	return id.ns;
}

/* Six bits a level, and numbers have 22. */
#define NUMBER_LEVELS 4
#define NODE_MARK     2

/*
 * The task of a number, looked up as the kernel does. Without its locks: whoever asks
 * has to know that the task stays, as one that is held does.
 */
static __always_inline struct task_struct *task__of_number(struct pid_namespace *ns, u32 number)
{
	void *at = BPF_CORE_READ(ns, idr.idr_rt.xa_head);
	struct hlist_node *link;

	for (u32 i = 0; i < NUMBER_LEVELS; i++) {
		struct xa_node *node = (void *)((u64)at - NODE_MARK);
		u64 slot;

		if (((u64)at & 3) != NODE_MARK)
			break;
		slot = number >> BPF_CORE_READ(node, shift) & 63;
		if (bpf_probe_read_kernel(&at, sizeof(at), (u8 *)&node->slots + slot * sizeof(at)))
			return NULL;
	}
	if (!at || (u64)at & 3)
		return NULL;
	link = BPF_CORE_READ((struct pid *)at, tasks[PID_OF_TASK].first);
	return link ? (void *)((u8 *)link - bpf_core_field_offset(struct task_struct, pid_links))
		    : NULL;
}

static __always_inline u32 task__mount_ns(struct task_struct *t)
{
	return t->nsproxy->mnt_ns->ns.inum;
}

static __always_inline bool task__is_agent(void)
{
	return (u32)(bpf_get_current_pid_tgid() >> 32) == config.agent_tgid;
}

/* Device number of the controlling terminal, encoded as in /proc/PID/stat; 0 for none. */
static __always_inline u32 task__tty(struct task_struct *t)
{
	struct tty_struct *tty = t->signal->tty;
	u32 major, minor;

	if (!tty)
		return 0;
	major = BPF_CORE_READ(tty, driver, major);
	minor = BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index);
	return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
}

static __always_inline u32 task__loginuid(struct task_struct *t)
{
	return bpf_core_field_exists(t->loginuid) ? t->loginuid.val : (u32)-1;
}

static __always_inline u64 task__fd_limit(struct task_struct *t)
{
	return t->signal->rlim[RLIMIT_NOFILE].rlim_cur;
}

/* Counters of struct mm_rss: file, anonymous, swap, shared memory pages. */
static __always_inline u64 mm__pages(struct mm_struct *mm, u32 which)
{
	struct mm_struct___atomic_rss *older = (void *)mm;
	struct percpu_counter *counters = NULL;
	s64 n = 0;

	if (bpf_core_field_exists(mm->rss_stat[0].count)) {
		u32 stride = bpf_core_type_size(struct percpu_counter);

		counters = (void *)&mm->rss_stat;
		counters = (void *)((u8 *)counters + which * stride);
		n = PEEK(percpu_counter, counters, count);
	} else {
		bpf_probe_read_kernel(&n, sizeof(n), (u8 *)&older->rss_stat + which * sizeof(n));
	}
	return n < 0 ? 0 : n;
}

enum { PAGES_FILE = 0, PAGES_ANONYMOUS, PAGES_SWAP, PAGES_SHMEM };

/* Start of the pid namespace's first process, ns since boot. */
static __always_inline u64 pid_ns__start(struct pid_namespace *ns)
{
	struct task_struct *first = PEEK(pid_namespace, ns, child_reaper);

	first = PEEK(task_struct, first, group_leader);
	return PEEK(task_struct, first, start_boottime);
}

#define REAPER_DEPTH_MAX 16

/*
 * Who inherits the children of a task that ends: a sibling thread, a
 * subreaper above it, or the namespace's first process; 0 without children.
 */
static __always_inline u32 task__reaper(struct task_struct *t)
{
	struct list_head *children = (void *)&t->children;
	struct task_struct *up = t;

	if (BPF_CORE_READ(children, next) == children)
		return 0;
	if (t->signal->live.counter > 0 && t->pid != t->tgid)
		return t->tgid;
	for (u32 i = 0; i < REAPER_DEPTH_MAX; i++) {
		struct signal_struct *signal;

		up = BPF_CORE_READ(up, real_parent);
		signal = BPF_CORE_READ(up, signal);
		if (!signal || BPF_CORE_READ(up, pid) <= 1)
			break;
		if (BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper))
			return BPF_CORE_READ(up, tgid);
		if (!BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper))
			break;
	}
	return BPF_CORE_READ(task__pid_ns(t), child_reaper, tgid);
}
