// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The cgroup that tells containers apart: its path. */
#pragma once
#include "path.h"

/* Container managers nest a handful of levels; the kernel's own bound is far away. */
#define CGROUP_DEPTH_MAX 32

static __always_inline struct kernfs_node *cgroup__parent(struct kernfs_node *node)
{
	struct kernfs_node___plain_parent *older = (void *)node;

	if (bpf_core_field_exists(node->__parent))
		return PEEK(kernfs_node, node, __parent);
	return BPF_CORE_READ(older, parent);
}

static __always_inline int cgroup__step(struct scratch *s)
{
	struct kernfs_node *node = (void *)s->walk.node;
	struct kernfs_node *parent = cgroup__parent(node);
	char name[256];
	long n;

	if (!parent)
		return 1;
	n = bpf_probe_read_kernel_str(name, sizeof(name), PEEK(kernfs_node, node, name));
	if (n <= 1 || text__prepend(s, name, n - 1, '/'))
		return 1;
	s->walk.node = (u64)parent;
	return 0;
}

__noinline int cgroup__climb(u32 slot)
{
	struct scratch *s = scratch__at(slot);

	if (!s)
		return 0;
	for (u32 i = 0; i < CGROUP_DEPTH_MAX; i++)
		if (cgroup__step(s))
			return 0;
	s->walk.cut = 1;
	return 0;
}

/* Resolves the task's cgroup into s->text; "/" for the root. */
static __always_inline void cgroup__resolve(struct scratch *s, struct task_struct *t)
{
	text__reset(s);
	s->walk.node = (u64)cgroup__node(t);
	if (!s->walk.node)
		return;
	cgroup__climb(s->slot);
	if (s->walk.at == PATH_BYTES - 1)
		text__prepend(s, "/", 0, '/');
}
