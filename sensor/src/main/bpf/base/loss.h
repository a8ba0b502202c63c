// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Counting what is lost: by type in the shared memory, and by whom. And the
 * cgroup that tells containers apart, by which is counted and shared out.
 */
#pragma once
#include "maps.h"

/*
 * On hosts with v1 or hybrid hierarchies every container has the same v2
 * cgroup; there the pids controller's is taken.
 */
static __always_inline struct kernfs_node *cgroup__node(struct task_struct *t)
{
	struct css_set *set = t->cgroups;

	if (config.legacy_cgroup &&
	    bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id)) {
		u64 index = bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);

		return set->subsys[index]->cgroup->kn;
	}
	return set->dfl_cgrp->kn;
}

static __always_inline u64 cgroup__id(struct task_struct *t)
{
	return cgroup__node(t)->id;
}

/*
 * Where losses of that cgroup and type are counted; the first, of nobody, when
 * all that may be are taken. Two that begin one at once may share it: then the
 * first is blamed for a few of the second's.
 */
static __always_inline struct loss *loss__at(u64 cgroup, u32 type)
{
	u32 at = (cgroup * 31 + type) * 0x9e3779b1;
	u32 none = 0;

	for (u32 i = 0; i < LOSS_PROBES; i++) {
		u32 index = 1 + (at + i) % (LOSSES - 1);
		struct loss *l = bpf_map_lookup_elem(&losses, &index);

		if (!l)
			return NULL;
		if (l->count == 0) {
			l->cgroup = cgroup;
			l->type = type;
			return l;
		}
		if (l->cgroup == cgroup && l->type == type)
			return l;
	}
	return bpf_map_lookup_elem(&losses, &none);
}

/* Global, so that each program that may lose does not carry it. */
__noinline int loss__count(u32 type)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct loss *l = loss__at(cgroup__id(t), type);

	__sync_fetch_and_add(&config.lost[type & (EVENT_TYPES - 1)], 1);
	if (l) {
		l->tgid = t->tgid;
		__sync_fetch_and_add(&l->count, 1);
	}
	return 0;
}
