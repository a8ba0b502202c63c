// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel knows of an open file. */
#pragma once
#include "../base/scratch.h"

#define OVERLAYFS_MAGIC	 0x794c7630
#define TMPFS_MAGIC	 0x01021994
#define HUGETLBFS_MAGIC	 0x958458f6
#define ANON_INODE_MAGIC 0x09041934
#define PIDFS_MAGIC	 0x50494446

#define S_IFMT	 0170000
#define S_IFREG	 0100000
#define S_IFSOCK 0140000
#define S_IFDIR	 0040000
#define S_IFIFO	 0010000

/* Global for the same reason as path__trace. */
__noinline u64 file__find(u32 fd)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct files_struct *files = PEEK(task_struct, t, files);
	struct fdtable *table = PEEK(files_struct, files, fdt);
	u64 file = 0;

	if (fd >= PEEK(fdtable, table, max_fds))
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), PEEK(fdtable, table, fd) + fd);
	return file;
}

/* The current task's file of that number, NULL when there is none. */
static __always_inline struct file *file__of_fd(s32 fd)
{
	return fd < 0 ? NULL : (struct file *)file__find(fd);
}

static __always_inline void view__of_inode(struct view *v, struct inode *inode)
{
	struct super_block *sb = PEEK(inode, inode, i_sb);

	v->inode = (u64)inode;
	v->number = PEEK(inode, inode, i_ino);
	v->magic = PEEK(super_block, sb, s_magic);
	v->device = PEEK(super_block, sb, s_dev);
	v->mode = PEEK(inode, inode, i_mode);
	v->links = PEEK(inode, inode, i_nlink);
}

/* Reads what several parameters need, unless it is there already. */
static __always_inline struct view *file__view(struct scratch *s, struct file *f)
{
	struct view *v = &s->view;

	if (v->file == (u64)f)
		return v;
	v->file = (u64)f;
	v->path = (u64)&f->f_path;
	v->flags = PEEK(file, f, f_flags);
	view__of_inode(v, PEEK(file, f, f_inode));
	return v;
}

/* FD_FACT_UPPER_LAYER or FD_FACT_LOWER_LAYER on overlayfs, 0 elsewhere. */
static __always_inline u32 inode__layer(struct inode *inode, u64 magic)
{
	struct dentry *upper = NULL;

	if (magic != OVERLAYFS_MAGIC)
		return 0;
	if (bpf_core_type_exists(struct ovl_inode)) {
		struct ovl_inode *ovl =
		    (void *)inode - bpf_core_field_offset(struct ovl_inode, vfs_inode);

		upper = BPF_CORE_READ(ovl, __upperdentry);
	} else {
		/* Overlayfs as a module: its types are not in vmlinux; the field follows vfs_inode.
		 */
		bpf_probe_read_kernel(&upper, sizeof(upper),
				      (void *)inode + bpf_core_type_size(struct inode));
	}
	return upper ? FD_FACT_UPPER_LAYER : FD_FACT_LOWER_LAYER;
}

/* memfd_create names its files "memfd:..." on the kernel's own tmpfs or hugetlbfs. */
static __always_inline bool file__is_memfd(struct file *f, u64 magic)
{
	const unsigned char *name;
	char start[6] = {};
	struct dentry *d;

	if (magic != TMPFS_MAGIC && magic != HUGETLBFS_MAGIC)
		return false;
	d = PEEK(file, f, f_path.dentry);
	if (d != PEEK(dentry, d, d_parent))
		return false;
	name = PEEK(dentry, d, d_name.name);
	bpf_probe_read_kernel(start, sizeof(start), name);
	return start[0] == 'm' && start[1] == 'e' && start[2] == 'm' && start[3] == 'f' &&
	       start[4] == 'd' && start[5] == ':';
}

static __always_inline u32 file__facts(struct file *f, struct view *v)
{
	u32 facts = inode__layer((void *)v->inode, v->magic);

	if (file__is_memfd(f, v->magic))
		return facts | FD_FACT_MEMFD;
	if (v->links == 0)
		facts |= FD_FACT_DELETED;
	return facts;
}

/* Kinds without a file type of their own go by the name of their dentry. */
static __always_inline u32 file__anonymous_kind(struct file *f)
{
	const unsigned char *from = BPF_CORE_READ(f, f_path.dentry, d_name.name);
	char name[8] = {};

	bpf_probe_read_kernel_str(name, sizeof(name), from);
	if (name[0] == 'b' && name[1] == 'p' && name[2] == 'f')
		return FD_KIND_BPF;
	if (name[0] == 'i' && name[1] == 'n' && name[2] == 'o')
		return FD_KIND_INOTIFY;
	if (name[0] != '[')
		return FD_KIND_UNSUPPORTED;
	if (name[1] == 'e' && name[6] == 'f')
		return FD_KIND_EVENT; /* [eventfd] */
	if (name[1] == 'e' && name[6] == 'p')
		return FD_KIND_EVENTPOLL;
	if (name[1] == 't')
		return FD_KIND_TIMERFD;
	if (name[1] == 's')
		return FD_KIND_SIGNALFD;
	if (name[1] == 'u')
		return FD_KIND_USERFAULTFD;
	if (name[1] == 'i' && name[2] == 'o')
		return FD_KIND_IOURING;
	if (name[1] == 'p' && name[2] == 'i')
		return FD_KIND_PIDFD; /* before 6.9, when it got a filesystem */
	return FD_KIND_UNSUPPORTED;
}

/* Everything but sockets, which have a family to look at. */
static __always_inline u32 file__kind(struct file *f, struct view *v)
{
	u32 mode = v->mode & S_IFMT;
	u64 magic = v->magic;

	if (magic == ANON_INODE_MAGIC)
		return file__anonymous_kind(f);
	if (magic == PIDFS_MAGIC)
		return FD_KIND_PIDFD;
	if (mode == S_IFDIR)
		return FD_KIND_DIRECTORY;
	if (mode == S_IFIFO)
		return FD_KIND_FIFO;
	if (file__is_memfd(f, magic))
		return FD_KIND_MEMFD;
	return FD_KIND_FILE_V2;
}
