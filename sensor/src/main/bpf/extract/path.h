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
	s->walk.leaf = 0;
	s->walked = 0;
}

static __always_inline void walk__enter(struct scratch *s, struct dentry *d, struct mount *m)
{
	s->walk.node = (u64)d;
	s->walk.mount = (u64)m;
	s->walk.mount_top = (u64)PEEK(mount, m, mnt.mnt_root);
}

/* One step towards the root; non-zero ends the walk. */
static long path__step(u32 index, struct climb *climb)
{
	struct scratch *s = climb->s;
	struct dentry *d = (void *)s->walk.node;
	struct mount *m = (void *)s->walk.mount;
	struct dentry *parent;
	const unsigned char *name;
	u32 length;

	if (s->walk.node == s->walk.root_node && s->walk.mount == s->walk.root_mount)
		return 1;
	if (s->walk.node == s->walk.mount_top) {
		struct mount *up = PEEK(mount, m, mnt_parent);

		if (up == m || !up)
			return 1;
		walk__enter(s, PEEK(mount, m, mnt_mountpoint), up);
		return 0;
	}
	parent = PEEK(dentry, d, d_parent);
	length = PEEK(dentry, d, d_name.len);
	name = PEEK(dentry, d, d_name.name);
	/* No parent and not the top of its mount: a memfd and its like, which has only a name. */
	if (d == parent) {
		s->walk.nameless = 1;
		text__prepend(s, name, length, 0);
		return 1;
	}
	if (text__prepend(s, name, length, '/'))
		return 1;
	if (!s->walk.leaf)
		s->walk.leaf = s->walk.at + 1;
	s->walk.node = (u64)parent;
	return 0;
}

static __always_inline void path__climb(struct scratch *s)
{
	struct climb climb = {.s = s};

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
}

enum trace {
	TRACE_INSIDE = 0, /* as the current task sees the path at walk.start */
	TRACE_OUTSIDE,	  /* as its mount namespace does */
	TRACE_TRAIL,	  /* as the task sees the directory that its trail led to */
	TRACE_TREE,	  /* in the task's own tree, as if nothing were mounted in it */
};

/*
 * Resolves a path into s->text. Global, so that the verifier checks
 * it once and not per caller; a global function takes numbers only.
 */
__noinline int path__trace(u32 slot, u32 trace)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct scratch *s = scratch__at(slot);
	u64 offset = bpf_core_field_offset(struct mount, mnt);
	struct path at = {};

	if (!s)
		return 0;
	text__reset(s);
	if (trace == TRACE_TRAIL) {
		at.dentry = (void *)s->trail.dir;
		at.mnt = (void *)s->trail.mount + offset;
	} else {
		at.mnt = PEEK(path, s->walk.start, mnt);
		at.dentry = (void *)s->walk.alias;
		if (!at.dentry)
			at.dentry = PEEK(path, s->walk.start, dentry);
	}
	if (!at.dentry)
		return 0;
	walk__enter(s, at.dentry, (void *)at.mnt - offset);
	if (trace == TRACE_OUTSIDE) {
		s->walk.root_node = 0;
	} else {
		struct fs_struct *fs = PEEK(task_struct, t, fs);

		s->walk.root_node = (u64)PEEK(fs_struct, fs, root.dentry);
		s->walk.root_mount = (u64)PEEK(fs_struct, fs, root.mnt) - offset;
		if (trace == TRACE_TREE)
			walk__enter(s, at.dentry, (void *)s->walk.root_mount);
	}
	path__climb(s);
	if (s->walk.at == PATH_BYTES - 1 && !s->walk.nameless)
		text__prepend(s, "/", 0, '/');
	return 0;
}

static __always_inline void path__resolve(struct scratch *s, struct path *p)
{
	s->walk.start = (u64)p;
	path__trace(s->slot, TRACE_INSIDE);
}

static __always_inline void path__resolve_outside(struct scratch *s, struct path *p)
{
	s->walk.start = (u64)p;
	path__trace(s->slot, TRACE_OUTSIDE);
}

/* The path of a file, unless it is there already. */
static __always_inline void path__resolve_file(struct scratch *s, struct file *f)
{
	if (s->walked == (u64)f)
		return;
	path__resolve(s, s->view.file == (u64)f ? (void *)s->view.path : &f->f_path);
	s->walked = (u64)f;
}

/*
 * Resolves into s->text the name that a file has besides, when it was opened
 * through a mount of something that the task's own tree holds as well: a bind
 * mount gives /etc/shadow a harmless name. False when there is none.
 */
static __always_inline bool path__resolve_other(struct scratch *s, struct file *f)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = PEEK(task_struct, t, fs);
	struct vfsmount *root = PEEK(fs_struct, fs, root.mnt);
	struct vfsmount *m = PEEK(file, f, f_path.mnt);

	if (m == root || PEEK(vfsmount, m, mnt_sb) != PEEK(vfsmount, root, mnt_sb))
		return false;
	s->walk.start = (u64)&f->f_path;
	path__trace(s->slot, TRACE_TREE);
	return !s->walk.cut && !s->walk.nameless && s->walk.node == s->walk.root_node;
}
