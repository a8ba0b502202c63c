// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The other names of a file with several links (hard links): those that the
 * kernel holds in memory, in the inode's own list. A name that nobody has looked
 * up since the start is not there; the agent looks up what rules name.
 */
#pragma once
#include "interest.h"
#include "path.h"
#include "file.h"

/* More names than these are not looked at. */
#define ALIASES_MAX 16

/*
 * Resolves the name into s->text: in the task's own tree where it is of that
 * file system, else by the file's mount; a name outside what is mounted there is
 * told by its place in the file system.
 */
static __always_inline bool alias__resolve(struct scratch *s, struct dentry *d)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = PEEK(task_struct, t, fs);
	struct vfsmount *root = PEEK(fs_struct, fs, root.mnt);
	struct super_block *sb = PEEK(inode, s->view.inode, i_sb);

	s->walk.alias = (u64)d;
	path__trace(s->slot, PEEK(vfsmount, root, mnt_sb) == sb ? TRACE_TREE : TRACE_INSIDE);
	s->walk.alias = 0;
	if (s->walk.cut)
		return false;
	if (!s->walk.nameless)
		return true;
	if (s->walk.node != (u64)PEEK(super_block, sb, s_root))
		return false;
	s->walk.at++; /* the root has a name, too: a slash before the slash */
	return true;
}

/*
 * Leaves in s->text the first other name of the file in s->view that some
 * interest asks for, any where all opens are wanted. Returns the interests that
 * it satisfies; 0 when there is none. Global: verified once.
 */
__noinline u64 alias__find(u32 slot)
{
	struct scratch *s = scratch__at(slot);
	struct hlist_node *next;
	struct dentry *own;

	if (!s || !bpf_core_field_exists(struct dentry, d_u.d_alias))
		return 0;
	own = PEEK(path, s->walk.start, dentry);
	next = PEEK(inode, s->view.inode, i_dentry.first);
	for (u32 i = 0; i < ALIASES_MAX && next; i++) {
		struct dentry *d = (void *)next - bpf_core_field_offset(struct dentry, d_u.d_alias);
		u64 found;

		next = PEEK(hlist_node, next, next);
		if (d == own || !PEEK(dentry, d, d_hash.pprev) || !alias__resolve(s, d))
			continue;
		/* Unless it went elsewhere meanwhile. */
		if ((u64)PEEK(dentry, d, d_inode) != s->view.inode)
			continue;
		if (!config.demand.concerned[s->type & (EVENT_TYPES - 1)])
			return ~0ULL;
		found = interest__of_path(slot, offsetof(struct scratch, text) + s->walk.at, 0);
		if (found)
			return found;
	}
	return 0;
}

/* The same of an open file; costs nothing where a file has one name. */
static __always_inline u64 alias__of_file(struct scratch *s, struct file *f)
{
	struct view *v = file__view(s, f);

	if (v->links < 2 || (v->mode & S_IFMT) != S_IFREG)
		return 0;
	s->walk.start = (u64)&f->f_path;
	return alias__find(s->slot);
}
