// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Run by the agent itself, as a test run, on the fd of a held exec: which layer
 * of the overlay the very file is on, whatever its path says, and that path. Notes
 * for which file the caller is held; what the gate says of it comes later.
 */
#include "guard.h"
#include "../extract/exe.h"
#include "../extract/path.h"

/* As cgroup__node, of a task that is not the current one: the verifier does not know it. */
static __always_inline struct kernfs_node *inspect__cgroup(struct task_struct *t)
{
	struct css_set *set = BPF_CORE_READ(t, cgroups);
	struct cgroup_subsys_state *state = NULL;
	u64 index;

	if (!config.legacy_cgroup ||
	    !bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
		return BPF_CORE_READ(set, dfl_cgrp, kn);
	index = bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);
	bpf_probe_read_kernel(&state, sizeof(state), (u8 *)&set->subsys + index * sizeof(state));
	return BPF_CORE_READ(state, cgroup, kn);
}

/* Its armed cgroup; returns its number, as the kernel has it. */
static __always_inline u32 inspect__caller(struct enforcement *e, struct task_struct *self)
{
	struct task_struct *caller;
	struct upid own;
	u64 cgroup = 0;

	e->caller_cgroup = 0;
	if (!e->caller)
		return 0;
	pid__innermost(BPF_CORE_READ(self, thread_pid), &own);
	caller = task__of_number(own.ns, e->caller);
	if (!caller)
		return e->caller;
	if (guard__armed_at(inspect__cgroup(caller), &cgroup))
		e->caller_cgroup = cgroup;
	return BPF_CORE_READ(caller, pid);
}

/* As it leads from the root of the file's mount namespace, or from ours: what readlink says. */
static __always_inline void inspect__path(struct enforcement *e, struct file *f)
{
	struct scratch *s = scratch__idle();
	u64 at;

	e->path_length = 0;
	if (!s)
		return;
	s->walk.alias = 0;
	path__resolve(s, &f->f_path);
	at = s->walk.at;
	barrier_var(at);
	if (at < PATH_BYTES && !s->walk.cut && !s->walk.nameless) {
		u32 length = (PATH_BYTES - 1 - at) & (LOOK_PATH_BYTES - 1);

		bpf_probe_read_kernel(e->path, length, &s->text[at]);
		e->path_length = length;
	}
	scratch__give(s);
}

SEC("raw_tp")
int inspect_file(void *ctx)
{
	struct task_struct *self = (void *)bpf_get_current_task();
	struct enforcement *e = guard__state();
	struct super_block *sb;
	struct inode *inode;
	struct judged_key key = {};
	struct view v = {};
	struct file *f;
	u32 look;

	if (!e)
		return 0;
	e->agent = (u64)BPF_CORE_READ(self, signal);
	key.tid = inspect__caller(e, self);
	f = file__of_fd(e->file);
	if (!f) {
		e->inode = 0;
		e->path_length = 0;
		return 0;
	}
	inode = BPF_CORE_READ(f, f_inode);
	sb = BPF_CORE_READ(inode, i_sb);
	v.inode = (u64)inode;
	v.magic = BPF_CORE_READ(sb, s_magic);
	v.links = BPF_CORE_READ(inode, i_nlink);
	e->inode = BPF_CORE_READ(inode, i_ino);
	e->filesystem = v.magic;
	e->device = BPF_CORE_READ(sb, s_dev);
	e->mode = BPF_CORE_READ(inode, i_mode);
	e->links = v.links;
	e->uid = BPF_CORE_READ(inode, i_uid.val);
	e->gid = BPF_CORE_READ(inode, i_gid.val);
	e->ctime = inode__ctime(inode);
	e->mtime = inode__mtime(inode);
	e->facts = file__facts(f, &v);
	inspect__path(e, f);
	look = e->look;
	if (look) {
		key.device = e->device;
		key.inode = e->inode;
		bpf_map_update_elem(&judged, &key, &look, BPF_ANY);
	}
	return 0;
}
