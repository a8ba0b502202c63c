// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The kernel's types, only the fields that are read here; libbpf relocates the
 * offsets to the running kernel's (CO-RE). A three-underscore suffix is an
 * older or newer shape of the same type.
 */
#pragma once
#include "types.h"
#include "kernel_file.h"
#include "kernel_socket.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef struct {
	u64 val;
} kernel_cap_t; /* two u32 before 6.3: the same eight bytes */
typedef struct {
	int counter;
} atomic_t;

struct cred {
	kuid_t uid, euid, fsuid;
	kgid_t gid, egid, fsgid;
	kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
	struct user_namespace *user_ns;
};

struct ns_common {
	unsigned int inum;
};
struct xa_node {
	unsigned char shift;
	void *slots[64];
};
struct xarray {
	void *xa_head;
};
struct idr {
	struct xarray idr_rt;
};
struct pid_namespace {
	struct idr idr;
	struct ns_common ns;
	unsigned int level;
	struct task_struct *child_reaper;
};
struct mnt_namespace {
	struct ns_common ns;
};
struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct pid_namespace *pid_ns_for_children;
};
struct upid {
	int nr;
	struct pid_namespace *ns;
};
struct pid {
	unsigned int level;
	struct hlist_head tasks[4];
	struct upid numbers[1];
};

struct percpu_counter {
	s64 count;
};
struct mm_struct {
	unsigned long arg_start, arg_end, env_start, env_end, total_vm;
	struct file *exe_file;
	struct percpu_counter rss_stat[4]; /* since 6.2 */
};
struct mm_rss_stat {
	u64 count[4];
};
struct mm_struct___atomic_rss {
	struct mm_rss_stat rss_stat;
};

struct tty_driver {
	int major, minor_start;
};
struct tty_struct {
	struct tty_driver *driver;
	int index;
};
struct rlimit {
	unsigned long rlim_cur;
};
struct signal_struct {
	atomic_t live;
	unsigned int flags;
	unsigned int is_child_subreaper : 1;
	unsigned int has_child_subreaper : 1;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct rlimit rlim[16];
};

struct kernfs_node {
	u64 id;
	struct kernfs_node *__parent; /* since 6.15 */
	const char *name;
};
struct kernfs_node___plain_parent {
	struct kernfs_node *parent;
};
struct cgroup {
	struct kernfs_node *kn;
};
struct cgroup_subsys_state {
	struct cgroup *cgroup;
};
struct css_set {
	struct cgroup_subsys_state *subsys[16];
	struct cgroup *dfl_cgrp;
};
enum cgroup_subsys_id {
	cpuset_cgrp_id,
	cpu_cgrp_id,
	memory_cgrp_id,
	pids_cgrp_id,
};

struct thread_info {
	u32 status;
};
struct task_struct {
	struct thread_info thread_info;
	int pid, tgid;
	unsigned int flags;
	struct task_struct *real_parent, *group_leader;
	struct list_head children;
	struct mm_struct *mm;
	const struct cred *cred, *real_cred;
	struct fs_struct *fs;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct css_set *cgroups;
	kuid_t loginuid;
	struct pid *thread_pid;
	struct hlist_node pid_links[4];
	u64 start_boottime;
	unsigned long min_flt, maj_flt;
	int exit_code;
	char comm[16];
};
struct linux_binprm {
	struct file *file;
	const char *filename;
	const char *fdpath;
};

struct pt_regs {
	unsigned long bp, bx, r8, r9, r10, cx, dx, si, di, orig_ax;
};

#pragma clang attribute pop
