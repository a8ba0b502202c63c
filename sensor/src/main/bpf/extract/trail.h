// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Where a path that a caller gave leads: links, dots and mounts followed by the
 * names that the kernel holds in memory. The call that just ended looked each of
 * them up, so they are there, unless memory was short in between. Nothing is
 * asked of a filesystem: a link whose target is not in memory, or is made up as
 * it is read (/proc/self/root), ends the search, and the path stays as given.
 */
#pragma once
#include "file.h"
#include "path.h"
#include "syscall.h"

/* One step is a byte of the path, or a name that is compared with one. */
#define TRAIL_STEPS 32768
#define TRAIL_LINKS 40 /* as the kernel's own bound */
#define NAME_BYTES  256

/* DCACHE_MOUNTED, which moved from bit 16 to bit 15 in 6.9; the neighbour costs a look in vain. */
#define DENTRY_MOUNTED 0x18000
#define S_IFLNK	       0120000

enum trail_phase {
	TRAIL_NAME = 0, /* reads a component */
	TRAIL_SLASHES,	/* what follows it */
	TRAIL_CHILD,	/* looks for it among the children of where it stands */
	TRAIL_COMPARE,
	TRAIL_FOUND,
	TRAIL_MOUNT, /* looks for what is mounted on it */
	TRAIL_ENTER,
	TRAIL_UP,
	TRAIL_DONE,
	TRAIL_LOST,
};

static __always_inline long trail__lost(struct trail *tr)
{
	tr->phase = TRAIL_LOST;
	return 1;
}

static __always_inline long trail__to(struct trail *tr, enum trail_phase phase)
{
	tr->phase = phase;
	return 0;
}

static __always_inline long trail__go_up(struct scratch *s, struct trail *tr)
{
	struct mount *m = (void *)tr->mount;
	struct mount *up;

	if (tr->dir == s->walk.root_node && tr->mount == s->walk.root_mount)
		return trail__to(tr, TRAIL_NAME);
	if (tr->dir != (u64)PEEK(mount, m, mnt.mnt_root)) {
		tr->dir = (u64)PEEK(dentry, tr->dir, d_parent);
		return trail__to(tr, TRAIL_NAME);
	}
	up = PEEK(mount, m, mnt_parent);
	if (up == m || !up)
		return trail__to(tr, TRAIL_NAME);
	tr->dir = (u64)PEEK(mount, m, mnt_mountpoint);
	tr->mount = (u64)up;
	return 0;
}

static __always_inline void trail__to_children(struct trail *tr)
{
	struct dentry___listed *older = (void *)tr->dir;
	struct dentry *d = (void *)tr->dir;

	if (bpf_core_field_exists(d->d_children)) {
		tr->next = (u64)PEEK(dentry, d, d_children.first);
		tr->end = 0;
	} else {
		tr->next = (u64)BPF_CORE_READ(older, d_subdirs.next);
		tr->end = (u64)&older->d_subdirs;
	}
	tr->phase = TRAIL_CHILD;
}

/* A component is read; last: nothing but slashes follows. */
static __always_inline long trail__component(struct trail *tr, bool last)
{
	bool dot = tr->name[0] == '.';

	if (dot && tr->length == 1) {
		tr->length = 0;
		return trail__to(tr, TRAIL_NAME);
	}
	if (dot && tr->length == 2 && tr->name[1] == '.') {
		tr->length = 0;
		return trail__to(tr, TRAIL_UP);
	}
	if (last && !tr->follows) {
		tr->phase = TRAIL_DONE;
		return 1;
	}
	trail__to_children(tr);
	return 0;
}

static __always_inline long trail__read(struct trail *tr)
{
	u64 at = tr->at, length = tr->length;
	char c;

	barrier_var(at);
	barrier_var(length);
	if (at >= PATH_BYTES || length >= NAME_BYTES)
		return trail__lost(tr);
	c = tr->text[at];
	if (tr->phase == TRAIL_SLASHES) {
		if (c != '/')
			return trail__component(tr, c == 0);
		tr->at = at + 1;
		return 0;
	}
	if (c == 0 && length == 0) {
		tr->phase = TRAIL_DONE;
		return 1;
	}
	if (c == 0)
		return trail__component(tr, true);
	tr->at = at + 1;
	if (c != '/') {
		barrier_var(length);
		length &= NAME_BYTES - 1;
		tr->name[length] = c;
		tr->length = length + 1;
	} else if (length) {
		tr->phase = TRAIL_SLASHES;
	}
	return 0;
}

/* One child: whether its name is as long, and that of something that is there. */
static __always_inline long trail__look_at(struct scratch *s, struct trail *tr)
{
	u64 at = tr->next;
	u64 length = tr->length;
	const unsigned char *name;
	struct dentry *child;

	if (at == tr->end || !at)
		return trail__lost(tr);
	tr->next = (u64)PEEK(list_head, at, next);
	child = (void *)at;
	if (bpf_core_field_exists(child->d_children))
		child = (void *)at - bpf_core_field_offset(struct dentry, d_sib);
	else
		child = (void *)at - bpf_core_field_offset(struct dentry___listed, d_child);
	if (PEEK(dentry, child, d_name.len) != length || !PEEK(dentry, child, d_hash.pprev))
		return 0;
	/* It was moved while this looked at it: what comes next is in another directory. */
	if ((u64)PEEK(dentry, child, d_parent) != tr->dir)
		return trail__lost(tr);
	name = PEEK(dentry, child, d_name.name);
	barrier_var(length);
	length &= NAME_BYTES - 1; /* as it is; the verifier has to see it here */
	bpf_probe_read_kernel(s->text, length, name);
	tr->child = (u64)child;
	tr->compared = 0;
	return trail__to(tr, TRAIL_COMPARE);
}

static __always_inline long trail__compare(struct scratch *s, struct trail *tr)
{
	u64 i = tr->compared;

	barrier_var(i);
	if (i >= tr->length || i >= NAME_BYTES)
		return trail__to(tr, TRAIL_FOUND);
	if (s->text[i] != (u8)tr->name[i])
		return trail__to(tr, TRAIL_CHILD);
	tr->compared = i + 1;
	return 0;
}

static __always_inline long trail__find_mount(struct trail *tr)
{
	struct mount *m = (void *)tr->mount;

	if (!(PEEK(dentry, tr->child, d_flags) & DENTRY_MOUNTED))
		return trail__to(tr, TRAIL_ENTER);
	if (!bpf_core_field_exists(m->mnt_mounts))
		return trail__lost(tr);
	tr->next = (u64)PEEK(mount, m, mnt_mounts.next);
	tr->end = (u64)&m->mnt_mounts;
	return trail__to(tr, TRAIL_MOUNT);
}

static __always_inline long trail__look_at_mount(struct trail *tr)
{
	u64 at = tr->next;
	struct mount *m;

	if (at == tr->end || !at)
		return trail__to(tr, TRAIL_ENTER);
	tr->next = (u64)PEEK(list_head, at, next);
	m = (void *)at - bpf_core_field_offset(struct mount, mnt_child);
	if ((u64)PEEK(mount, m, mnt_mountpoint) != tr->child ||
	    (u64)PEEK(mount, m, mnt_parent) != tr->mount)
		return 0;
	tr->mount = (u64)m;
	tr->child = (u64)PEEK(mount, m, mnt.mnt_root);
	/* Another may be on top of it. */
	return trail__to(tr, TRAIL_FOUND);
}

/* The text of a link, if it is in memory; of overlayfs that of the file below. */
static __always_inline const char *trail__link(struct inode *inode)
{
	struct super_block *sb = PEEK(inode, inode, i_sb);
	struct dentry *real;
	struct ovl_inode *ovl;
	struct ovl_entry *oe;

	if (PEEK(super_block, sb, s_magic) != OVERLAYFS_MAGIC)
		return PEEK(inode, inode, i_link);
	if (!bpf_core_type_exists(struct ovl_inode))
		return NULL;
	/* By helpers: the types may be those of a module, which casts do not know. */
	ovl = (void *)((u64)inode - bpf_core_field_offset(struct ovl_inode, vfs_inode));
	real = BPF_CORE_READ(ovl, __upperdentry);
	if (!real && bpf_core_field_exists(ovl->oe)) {
		oe = BPF_CORE_READ(ovl, oe);
		real = BPF_CORE_READ(oe, __lowerstack[0].dentry);
	}
	inode = PEEK(dentry, real, d_inode);
	return inode ? PEEK(inode, inode, i_link) : NULL;
}

/* Puts the text of a link in front of what is left. */
static __always_inline long trail__follow(struct scratch *s, struct trail *tr, struct inode *inode)
{
	const char *link = trail__link(inode);
	u64 at = tr->at, n;
	long length;

	if (!link || tr->links++ >= TRAIL_LINKS)
		return trail__lost(tr);
	length = bpf_probe_read_kernel_str(s->text, PATH_BYTES, link);
	if (length <= 1)
		return trail__lost(tr);
	n = length - 1;
	barrier_var(at);
	if (at >= PATH_BYTES)
		return trail__lost(tr);
	/* The slash that was read before it. */
	if (tr->text[at] && at)
		at--;
	barrier_var(n);
	if (n >= PATH_BYTES || n > at)
		return trail__lost(tr);
	at -= n;
	/* As they are; the verifier has to see it here. */
	barrier_var(at);
	barrier_var(n);
	at &= PATH_BYTES - 1;
	n &= PATH_BYTES - 1;
	bpf_probe_read_kernel(&tr->text[at], n, s->text);
	tr->at = at;
	tr->length = 0;
	if (s->text[0] == '/') {
		tr->dir = s->walk.root_node;
		tr->mount = s->walk.root_mount;
	}
	return trail__to(tr, TRAIL_NAME);
}

static __always_inline long trail__enter(struct scratch *s, struct trail *tr)
{
	struct inode *inode = PEEK(dentry, tr->child, d_inode);

	if (!inode)
		return trail__lost(tr);
	if ((PEEK(inode, inode, i_mode) & S_IFMT) == S_IFLNK)
		return trail__follow(s, tr, inode);
	tr->dir = tr->child;
	tr->length = 0;
	return trail__to(tr, TRAIL_NAME);
}

static long trail__step(u32 index, struct climb *climb)
{
	struct scratch *s = climb->s;
	struct trail *tr = &s->trail;

	switch (tr->phase) {
	case TRAIL_NAME:
	case TRAIL_SLASHES:
		return trail__read(tr);
	case TRAIL_CHILD:
		return trail__look_at(s, tr);
	case TRAIL_COMPARE:
		return trail__compare(s, tr);
	case TRAIL_FOUND:
		return trail__find_mount(tr);
	case TRAIL_MOUNT:
		return trail__look_at_mount(tr);
	case TRAIL_ENTER:
		return trail__enter(s, tr);
	case TRAIL_UP:
		return trail__go_up(s, tr);
	}
	return 1;
}

/* Where the path begins; false when its directory's fd is none. */
static __always_inline bool trail__begin(struct scratch *s, struct trail *tr, s32 dirfd)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = PEEK(task_struct, t, fs);
	u64 offset = bpf_core_field_offset(struct mount, mnt);
	struct file *dir;

	s->walk.root_node = (u64)PEEK(fs_struct, fs, root.dentry);
	s->walk.root_mount = (u64)PEEK(fs_struct, fs, root.mnt) - offset;
	tr->length = tr->links = 0;
	tr->phase = TRAIL_NAME;
	if (tr->text[tr->at & (PATH_BYTES - 1)] == '/') {
		tr->dir = s->walk.root_node;
		tr->mount = s->walk.root_mount;
	} else if (dirfd == AT_FDCWD) {
		tr->dir = (u64)PEEK(fs_struct, fs, pwd.dentry);
		tr->mount = (u64)PEEK(fs_struct, fs, pwd.mnt) - offset;
	} else {
		dir = file__of_fd(dirfd);
		if (!dir)
			return false;
		tr->dir = (u64)PEEK(file, dir, f_path.dentry);
		tr->mount = (u64)PEEK(file, dir, f_path.mnt) - offset;
	}
	return true;
}

/*
 * Follows a path of the record: then the directory stands in s->text, resolved,
 * and the name in it in the trail, none when the path is the directory itself.
 * Returns 0 when it is not known where the path leads. Global: verified once.
 */
__noinline int trail__resolve(u32 slot, u32 second, s32 dirfd, u32 follows)
{
	struct scratch *s = scratch__at(slot);
	struct climb climb = {.s = s};
	struct given *given;
	struct trail *tr;
	u64 from, n;

	/*
	 * Before 5.17 there is no loop for this, and before 6.2 each step would cost several
	 * helper calls.
	 */
	if (!s || !SEE_POSSIBLE)
		return 0;
	tr = &s->trail;
	given = second ? &s->given[1] : &s->given[0];
	from = given->at;
	n = given->length;
	barrier_var(from);
	barrier_var(n);
	if (n < 2 || n > PATH_BYTES || from > RECORD_BYTES - PATH_BYTES)
		return 0;
	tr->at = PATH_BYTES - n;
	bpf_probe_read_kernel(&tr->text[PATH_BYTES - n], n, &s->record[from]);
	tr->follows = follows;
	s->walked = 0;
	if (!trail__begin(s, tr, dirfd))
		return 0;
	bpf_loop(TRAIL_STEPS, trail__step, &climb, 0);
	if (tr->phase != TRAIL_DONE)
		return 0;
	path__trace(slot, TRACE_TRAIL);
	return !s->walk.cut && !s->walk.nameless;
}
