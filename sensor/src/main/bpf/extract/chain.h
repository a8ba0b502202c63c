// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A file's place in the tree of names as one number: equal for the same names
 * in the same directories on the way to the process's root. It costs a few
 * loads a component, where the text costs a copy.
 *
 * A name counts by the kernel's own hash of it, salted with the address of its
 * directory, which counts too, as does the inode: names that collide (2^-32)
 * are told apart by their files.
 */
#pragma once
#include "../base/scratch.h"

/* Deeper files are judged by their text. */
#define CHAIN_MAX 24

#define CHAIN_PRIME 0x9e3779b97f4a7c15ULL

static __always_inline u64 chain__mix(u64 chain, u64 value)
{
	chain = (chain ^ value) * CHAIN_PRIME;
	return chain ^ chain >> 29;
}

static __always_inline struct mount *chain__mount(struct vfsmount *m)
{
	return SEE(mount, (void *)m - bpf_core_field_offset(struct mount, mnt));
}

/* The current task's file of that number; all zero behind it when there is none. */
static __always_inline struct file *chain__file(struct task_struct *t, u32 fd)
{
	struct fdtable *table = t->files->fdt;

	if (fd >= table->max_fds)
		return NULL;
	return SEE(file, SEE(list_head, table->fd + fd)->next);
}

/* The file's number; 0 when it has no place in the tree or lies too deep. */
static __always_inline u64 chain__of(struct task_struct *t, struct file *f)
{
	struct dentry *root = t->fs->root.dentry;
	struct mount *root_mount = chain__mount(t->fs->root.mnt);
	struct dentry *d = f->f_path.dentry;
	struct mount *m = chain__mount(f->f_path.mnt);
	struct dentry *top = m->mnt.mnt_root;
	/* Differences of pointers: the verifier takes no other arithmetic on them. */
	u64 chain = (u64)f->f_inode - (u64)root;

	for (u32 i = 0; i < CHAIN_MAX; i++) {
		struct dentry *parent;

		if (d == root && m == root_mount)
			return chain;
		if (d == top) {
			struct mount *up = m->mnt_parent;

			if (up == m || !up)
				return chain;
			d = m->mnt_mountpoint;
			m = up;
			top = m->mnt.mnt_root;
			continue;
		}
		parent = d->d_parent;
		if (parent == d || !parent)
			return 0;
		chain = chain__mix(chain, (u64)d->d_name.hash << 32 | d->d_name.len);
		chain = chain__mix(chain, (u64)parent - (u64)root);
		d = parent;
	}
	return 0;
}

/* For programs that have the file's address only. Global: verified once. */
__noinline u64 chain__of_address(u64 file)
{
	if (!SEE_POSSIBLE)
		return 0;
	return chain__of((void *)bpf_get_current_task_btf(), SEE(file, file));
}

static __always_inline struct verdict *verdict__at(u64 chain)
{
	u32 at = (chain ^ chain >> 32) & (VERDICTS - 1);

	return bpf_map_lookup_elem(&verdicts, &at);
}

/* A verdict torn by two writers, of another place or of another demand does not fit its seal. */
static __always_inline u64 verdict__seal(u64 chain, u64 found, u32 generation)
{
	return chain__mix(chain__mix(chain, found), generation);
}

/* The interests that the path of that place satisfies; all when that is not known. */
static __always_inline u64 verdict__of(u64 chain, u32 generation)
{
	struct verdict *v = verdict__at(chain);
	u64 found;

	if (!v)
		return ~0ULL;
	found = v->found;
	return v->seal == verdict__seal(chain, found, generation) ? found : ~0ULL;
}

static __always_inline void verdict__remember(u64 chain, u64 found, u32 generation)
{
	struct verdict *v = verdict__at(chain);

	if (!v)
		return;
	v->found = found;
	v->seal = verdict__seal(chain, found, generation);
}
