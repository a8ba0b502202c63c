// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Paths as the process itself would see them: from the leaf up, across mounts,
 * to the process's root. bpf_d_path is not allowed in these programs.
 */
#pragma once
#include "../base/scratch.h"

/* PATH_MAX / 2: no path that open() takes has more components. */
#define COMPONENTS_MAX 2048
/* Where bpf_loop is missing (before 5.17). */
#define COMPONENTS_UNROLLED 48

struct climb {
	struct scratch *s;
};

/* Puts name and a slash before it in front of the text. Non-zero when there is no room. */
static __always_inline int text__prepend(struct scratch *s, const void *name, u32 len, char slash)
{
	u64 n = len & 0xff;
	u64 at = s->walk.at;

	barrier_var(at);
	if (at > PATH_BYTES || at < n + 1) {
		s->walk.cut = 1;
		return 1;
	}
	at -= n;
	barrier_var(at);
	if (at > PATH_BYTES)
		return 1;
	bpf_probe_read_kernel(&s->text[at], n, name);
	if (slash) {
		at--;
		barrier_var(at);
		if (at > PATH_BYTES)
			return 1;
		s->text[at] = slash;
	}
	s->walk.at = at;
	return 0;
}

/* An empty text: only its NUL. */
static __always_inline void text__reset(struct scratch *s)
{
	s->text[PATH_BYTES - 1] = 0;
	s->walk.at = PATH_BYTES - 1;
	s->walk.cut = 0;
	s->walk.nameless = 0;
}

/* One step towards the root; non-zero ends the walk. */
static long path__step(u32 index, struct climb *climb)
{
	struct scratch *s = climb->s;
	struct dentry *d = (void *)s->walk.node;
	struct mount *m = (void *)s->walk.mount;
	struct dentry *parent, *top;

	if (s->walk.node == s->walk.root_node && s->walk.mount == s->walk.root_mount)
		return 1;
	top = BPF_CORE_READ(m, mnt.mnt_root);
	parent = BPF_CORE_READ(d, d_parent);
	if (d == top) {
		struct mount *up = BPF_CORE_READ(m, mnt_parent);

		if (up == m || !up)
			return 1;
		s->walk.node = (u64)BPF_CORE_READ(m, mnt_mountpoint);
		s->walk.mount = (u64)up;
		return 0;
	}
	/* No parent and not the top of its mount: a memfd and its like, which has only a name. */
	if (d == parent) {
		s->walk.nameless = 1;
		text__prepend(s, BPF_CORE_READ(d, d_name.name), BPF_CORE_READ(d, d_name.len), 0);
		return 1;
	}
	if (text__prepend(s, BPF_CORE_READ(d, d_name.name), BPF_CORE_READ(d, d_name.len), '/'))
		return 1;
	s->walk.node = (u64)parent;
	return 0;
}

/* Global, so that the verifier checks it once and not per caller. */
__noinline int path__climb(u32 slot)
{
	struct scratch *s = scratch__at(slot);
	struct climb climb = {.s = s};

	if (!s)
		return 0;
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {
		if (bpf_loop(COMPONENTS_MAX, path__step, &climb, 0) == COMPONENTS_MAX)
			s->walk.cut = 1;
	} else {
		u32 i;

		for (i = 0; i < COMPONENTS_UNROLLED; i++)
			if (path__step(i, &climb))
				break;
		if (i == COMPONENTS_UNROLLED)
			s->walk.cut = 1;
	}
	return 0;
}

static __always_inline void path__walk(struct scratch *s, struct path *p, u64 root_node,
				       u64 root_mount)
{
	text__reset(s);
	s->walk.node = (u64)BPF_CORE_READ(p, dentry);
	s->walk.mount = (u64)BPF_CORE_READ(p, mnt) - bpf_core_field_offset(struct mount, mnt);
	s->walk.root_node = root_node;
	s->walk.root_mount = root_mount;
	if (!s->walk.node)
		return;
	path__climb(s->slot);
	if (s->walk.at == PATH_BYTES - 1 && !s->walk.nameless)
		text__prepend(s, "/", 0, '/');
}

/* Resolves a path into s->text, as the task sees it. */
static __always_inline void path__resolve(struct scratch *s, struct path *p, struct task_struct *t)
{
	path__walk(s, p, (u64)BPF_CORE_READ(t, fs, root.dentry),
		   (u64)BPF_CORE_READ(t, fs, root.mnt) - bpf_core_field_offset(struct mount, mnt));
}

/* The same up to the root of the mount namespace. */
static __always_inline void path__resolve_outside(struct scratch *s, struct path *p)
{
	path__walk(s, p, 0, 0);
}
