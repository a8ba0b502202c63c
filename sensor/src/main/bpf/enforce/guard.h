// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What happens to an exec in an armed cgroup, at the moment when the new image
 * stands and no instruction of it has run: what the gate judged passes or dies;
 * what the gate did not see (memory, mounts without a mark) is stopped for Java,
 * as long as Java's heart beats.
 */
#pragma once
#include "../abi/enforce.h"
#include "../extract/cgroup.h"
#include "../extract/file.h"
#include "../extract/task.h"

#define SIGKILL 9
#define SIGCONT 18
#define SIGSTOP 19

/* Cgroups inside a container's own: nobody nests deeper than systemd in a container. */
#define ARMED_DEPTH 5

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, u32);
	__type(value, struct enforcement);
} enforcements SEC(".maps");

/* Cgroup to enum armed_flag. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, u64);
	__type(value, u64);
} armed SEC(".maps");

/* Files that a task is held for, and the number of the look; taken away when it executes them. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, struct judged_key);
	__type(value, u32);
} judged SEC(".maps");

/* What the gate said of the looks at them; written by Java as memory. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ANSWERS);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, u32);
	__type(value, u64);
} answers SEC(".maps");

/* Processes that are stopped for a verdict, and since when (monotonic clock). */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, u64);
	__type(value, u64);
} held SEC(".maps");

/* What passes without a look of Java's; fanotify does not ask about it either. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct standing_key);
	__type(value, u32);
} standing SEC(".maps");

/* Names by which rules look for programs, and the generation in which they do. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct name_key);
	__type(value, u32);
} names SEC(".maps");

/*
 * First processes of pid namespaces that were stopped while nobody knew whether they are
 * to be: namespace and start, since numbers of namespaces come again at once.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, u64);
	__type(value, u32);
} young SEC(".maps");

static __always_inline struct enforcement *guard__state(void)
{
	u32 zero = 0;

	return bpf_map_lookup_elem(&enforcements, &zero);
}

/* Flags of a cgroup or of the nearest above it that is armed, and which it is; 0 for none. */
static __always_inline u64 guard__armed_at(struct kernfs_node *node, u64 *cgroup)
{
	for (u32 i = 0; i < ARMED_DEPTH && node; i++) {
		u64 id = BPF_CORE_READ(node, id);
		u64 *flags = bpf_map_lookup_elem(&armed, &id);

		if (flags) {
			*cgroup = id;
			return *flags;
		}
		node = cgroup__parent(node);
	}
	return 0;
}

static __always_inline u64 guard__armed(struct task_struct *t, u64 *cgroup)
{
	return guard__armed_at(cgroup__node(t), cgroup);
}

/* What was said of a look; 0 when nothing was, or so much since that its word has another's. */
static __always_inline u32 guard__answer(u32 look)
{
	u32 index = look % ANSWERS;
	u64 *word = bpf_map_lookup_elem(&answers, &index);
	u64 said = word ? *(volatile u64 *)word : 0;

	return said >> ANSWER_SHIFT == look ? said & ANSWER_MASK : 0;
}

static __always_inline u32 guard__judged(struct view *exe, u32 tid)
{
	struct judged_key key = {.tid = tid, .device = exe->device, .inode = exe->number};
	u32 *look = bpf_map_lookup_elem(&judged, &key);
	u32 verdict;

	if (!look)
		return 0;
	verdict = guard__answer(*look);
	bpf_map_delete_elem(&judged, &key);
	return verdict;
}

static __always_inline bool guard__is_named(struct enforcement *e, struct task_struct *t)
{
	struct name_key key = {};
	u32 *generation;

	bpf_core_read_str(key.name, sizeof(key.name), &t->comm);
	generation = bpf_map_lookup_elem(&names, &key);
	return generation && *generation == e->generation;
}

/*
 * Whether the program passes in any case. Only as the image brought it: whoever
 * opened it for writing, or changed its mode, had overlayfs copy it up.
 */
static __always_inline bool guard__stands(struct enforcement *e, struct task_struct *t, u64 cgroup,
					  struct view *exe, u32 facts)
{
	struct standing_key key = {
	    .cgroup = cgroup,
	    .inode = exe->number,
	    .device = exe->device,
	    .generation = e->generation,
	};
	u32 *kind;

	if (facts != FD_FACT_LOWER_LAYER)
		return false;
	kind = bpf_map_lookup_elem(&standing, &key);
	if (!kind || (*kind != STANDING_ANY_NAME && guard__is_named(e, t)))
		return false;
	__sync_fetch_and_add(&e->stood, 1);
	return true;
}

static __always_inline u32 guard__kill(struct enforcement *e)
{
	if (bpf_send_signal(SIGKILL))
		return 0;
	__sync_fetch_and_add(&e->killed, 1);
	return CONTEXT_KILLED;
}

#define SIGNAL_GROUP_EXIT 0x4

/*
 * Whether the agent was told to end for good, by whom ever. It takes a tenth of a
 * second to take its programs along; whoever is stopped meanwhile would stay so.
 */
static __always_inline bool guard__agent_ends(struct enforcement *e)
{
	struct signal_struct *agent = (void *)e->agent;

	return agent && BPF_CORE_READ(agent, flags) & SIGNAL_GROUP_EXIT;
}

static __always_inline u32 guard__hold(struct enforcement *e, u32 tgid)
{
	u64 now = bpf_ktime_get_ns();
	u64 pid = tgid;

	if (now - e->heartbeat > e->patience || guard__agent_ends(e)) {
		__sync_fetch_and_add(&e->passed_dead, 1);
		return 0;
	}
	/* A map that is full holds nobody: whoever is stopped must be found again. */
	if (bpf_map_update_elem(&held, &pid, &now, BPF_ANY))
		return 0;
	if (bpf_send_signal(SIGSTOP)) {
		bpf_map_delete_elem(&held, &pid);
		return 0;
	}
	__sync_fetch_and_add(&e->held, 1);
	return CONTEXT_HELD;
}

/*
 * A container that Java has not armed, because it has not seen it yet: its first
 * process waits until it has. Once for each pid namespace, whatever Java thinks of it.
 */
static __always_inline bool guard__is_young(struct enforcement *e, struct task_struct *t)
{
	u32 ns = BPF_CORE_READ(task__pid_ns(t), ns.inum);
	u64 cgroup = cgroup__id(t);
	u32 once = 1;
	u64 first;

	/* A sandbox of a program of the host is no container. */
	if (config.host_cgroups[(cgroup ^ cgroup >> 32) & (HOST_CGROUPS - 1)] == cgroup)
		return false;
	if (!e->holds_young || ns == PID_NS_OF_THE_HOST || pid__inner(t->thread_pid) != 1)
		return false;
	first = (u64)ns << 32 ^ t->start_boottime;
	return bpf_map_update_elem(&young, &first, &once, BPF_NOEXIST) == 0;
}

/* Returns what was done, as flags of the record's context. */
static __always_inline u32 guard__exec(struct scratch *s, struct task_struct *t)
{
	struct enforcement *e = guard__state();
	struct view *exe;
	struct file *f;
	u64 cgroup = 0;
	u64 flags;
	u32 facts;
	u32 said;

	if (!e || !(e->armed || e->holds_young) || task__mount_ns(t) == e->host_mount_ns)
		return 0;
	flags = guard__armed(t, &cgroup);
	if (!flags)
		return guard__is_young(e, t) ? guard__hold(e, t->tgid) : 0;
	f = BPF_CORE_READ(t, mm, exe_file);
	exe = file__view(s, f);
	said = guard__judged(exe, t->pid);
	if (said == JUDGED_KILL)
		return guard__kill(e);
	if (said == JUDGED_PASS)
		return 0;
	facts = file__facts(f, exe);
	if (guard__stands(e, t, cgroup, exe, facts))
		return 0;
	if (flags & ARMED_KILL_FOREIGN && facts & (FD_FACT_MEMFD | FD_FACT_DELETED))
		return guard__kill(e);
	return flags & ARMED_HOLD ? guard__hold(e, t->tgid) : 0;
}

/* The record that asks for a verdict was lost: nobody would answer. */
static __always_inline void guard__let_go(struct task_struct *t)
{
	u64 pid = t->tgid;

	bpf_send_signal(SIGCONT);
	bpf_map_delete_elem(&held, &pid);
}
