// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's types of files, paths and mounts; see kernel.h. */
#pragma once
#include "types.h"

/* Read whole, so not relocated: these two are the same in every kernel since 3.6. */
struct qstr {
	u32 hash;
	u32 len;
	const unsigned char *name;
};
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	u32 val;
} kuid_t;
typedef struct {
	u32 val;
} kgid_t;

struct user_namespace {
	int level;
};
struct list_head {
	struct list_head *next;
};
struct hlist_node {
	struct hlist_node *next;
};
struct hlist_head {
	struct hlist_node *first;
};
struct hlist_bl_node {
	void *pprev;
};
struct super_block {
	u32 s_dev;
	unsigned long s_magic;
	struct dentry *s_root;
	struct user_namespace *s_user_ns;
};
struct inode {
	u16 i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	struct super_block *i_sb;
	unsigned long i_ino;
	unsigned int i_nlink;
	void *i_private;
	const char *i_link;
	struct hlist_head i_dentry;   /* its names in memory */
	s64 i_mtime_sec, i_ctime_sec; /* since 6.11 */
	u32 i_mtime_nsec, i_ctime_nsec;
};
struct timespec64 {
	s64 tv_sec;
	long tv_nsec;
};
struct inode___hidden_times { /* ctime since 6.6, mtime since 6.7 */
	struct timespec64 __i_mtime, __i_ctime;
};
struct inode___plain_times {
	struct timespec64 i_mtime, i_ctime;
};
struct ovl_path {
	struct dentry *dentry;
};
struct ovl_entry {
	struct ovl_path __lowerstack[1];
};
struct ovl_inode {
	struct inode vfs_inode;
	struct dentry *__upperdentry;
	struct ovl_entry *oe; /* since 6.5 */
};
struct dentry {
	unsigned int d_flags;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
	struct hlist_bl_node d_hash;  /* pprev is NULL when no name leads there any more */
	struct hlist_head d_children; /* since 6.8 */
	struct hlist_node d_sib;
	union {
		struct hlist_node d_alias; /* in the inode's list */
	} d_u;
};
struct dentry___listed {
	struct list_head d_subdirs, d_child;
};
struct vfsmount {
	struct dentry *mnt_root;
	struct super_block *mnt_sb;
};
struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
	struct list_head mnt_mounts, mnt_child;
};
struct file {
	unsigned int f_flags;
	unsigned int f_mode;
	struct path f_path;
	struct inode *f_inode;
	void *private_data;
};
struct backing_file {
	struct path user_path; /* since 6.7 */
};
struct vm_area_struct {
	unsigned long vm_end;
	struct file *vm_file;
};
struct fs_struct {
	struct path root, pwd;
};
struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};
struct files_struct {
	struct fdtable *fdt;
};

#pragma clang attribute pop
