// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The border, kernel to user: the record on the ring buffers. Java reads it as
 * dev.torimono.model.Event; AbiTest compares every number here with Java's.
 */
#pragma once
#include "../base/kernel.h"

/* Named EVENT_ + the schema's symbol, valued as in the .scap format. */
enum event_type {
	EVENT_SYSCALL_OPEN_X = 3,
	EVENT_SOCKET_CONNECT_X = 23,
	EVENT_SYSCALL_CREAT_X = 59,
	EVENT_SYSCALL_FCNTL_X = 151,
	EVENT_PROCEXIT_1_E = 186,
	EVENT_SYSCALL_CLONE_20_X = 223,
	EVENT_SYSCALL_FORK_20_X = 225,
	EVENT_SYSCALL_VFORK_20_X = 227,
	EVENT_SOCKET_ACCEPT_5_X = 247,
	EVENT_SYSCALL_EXECVE_19_X = 293,
	EVENT_SYSCALL_OPENAT_2_X = 307,
	EVENT_SYSCALL_OPENAT2_X = 327,
	EVENT_SYSCALL_EXECVEAT_X = 331,
	EVENT_SYSCALL_CLONE3_X = 335,
	EVENT_SYSCALL_DUP2_X = 363,
	EVENT_SYSCALL_DUP3_X = 365,
	EVENT_SYSCALL_DUP_1_X = 367,
	EVENT_SOCKET_ACCEPT4_6_X = 389,
};

/* On the ring before each record, not part of it. */
struct record_prefix {
	u32 cpu;
	u32 reserved;
};

/* Followed by one u16 length per parameter, then the values back to back. */
struct record_header {
	u64 ts; /* ns since the epoch */
	u64 tid;
	u32 len; /* of the whole record */
	u16 type;
	u32 params;
} __attribute__((packed));

/* Parameters behind the schema's, in every record. */
enum extension {
	EXTENSION_CONTEXT = 0,
	EXTENSION_OBJECT,
	EXTENSION_DETAIL,
	EXTENSION_STDIO,
};

enum context_flag {
	CONTEXT_KERNEL_THREAD = 1 << 0,
	CONTEXT_CUT = 1 << 1, /* a parameter did not fit and was shortened or left out */
};

struct context {
	u32 tgid;
	u32 flags;
	u64 start_ns; /* of the thread group, since boot */
	u64 cgroup;
	u32 mount_ns;
	u32 uid;
};

/* Followed by a NUL-terminated path or by the bytes of a SOCKTUPLE. */
struct object {
	u8 kind;
	u8 l4proto;
	u8 role;
	u8 reserved;
	u32 open_flags;
	u64 inode;
	u32 device;
	u32 facts;
};

/* Kinds of the .scap format that the kernel side tells apart. */
enum fd_kind {
	FD_KIND_UNKNOWN = 0,
	FD_KIND_DIRECTORY = 2,
	FD_KIND_IPV4_SOCK = 3,
	FD_KIND_IPV6_SOCK = 4,
	FD_KIND_IPV4_SERVSOCK = 5,
	FD_KIND_IPV6_SERVSOCK = 6,
	FD_KIND_FIFO = 7,
	FD_KIND_UNIX_SOCK = 8,
	FD_KIND_EVENT = 9,
	FD_KIND_UNSUPPORTED = 10,
	FD_KIND_SIGNALFD = 11,
	FD_KIND_EVENTPOLL = 12,
	FD_KIND_INOTIFY = 13,
	FD_KIND_TIMERFD = 14,
	FD_KIND_NETLINK = 15,
	FD_KIND_FILE_V2 = 16,
	FD_KIND_BPF = 17,
	FD_KIND_USERFAULTFD = 18,
	FD_KIND_IOURING = 19,
	FD_KIND_MEMFD = 20,
	FD_KIND_PIDFD = 21,
};

enum fd_fact {
	FD_FACT_UPPER_LAYER = 1 << 0,
	FD_FACT_LOWER_LAYER = 1 << 1,
	FD_FACT_DELETED = 1 << 2,
	FD_FACT_MEMFD = 1 << 3,
	FD_FACT_PATH_CUT = 1 << 4,
};

enum fd_role {
	FD_ROLE_UNKNOWN = 0,
	FD_ROLE_CLIENT,
	FD_ROLE_SERVER,
};

/* Each followed by the cgroup's path, NUL-terminated. */
struct exec_detail {
	u64 start_ns;
	u64 parent_start_ns;
	u32 pid_ns;
	u32 mount_ns;
	u32 link_count;
	u32 filesystem;
	u32 device;
	u32 mode;
};

struct fork_detail {
	u64 start_ns;
	u64 parent_start_ns;
	u32 pid_ns;
	u32 mount_ns;
	u64 reserved[2];
};
