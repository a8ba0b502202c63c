// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The border, kernel to user: the record on the ring buffers. Java reads it as
 * dev.torimono.model.Event; AbiTest compares every number here with Java's.
 */
#pragma once
#include "../base/types.h"

/* Named EVENT_ + the schema's symbol, valued as in the .scap format. */
enum event_type {
	EVENT_SYSCALL_OPEN_X = 3,
	EVENT_SOCKET_SOCKET_X = 19,
	EVENT_SOCKET_BIND_X = 21,
	EVENT_SOCKET_CONNECT_X = 23,
	EVENT_SOCKET_LISTEN_X = 25,
	EVENT_SOCKET_SENDTO_X = 31,
	EVENT_SOCKET_RECVFROM_X = 35,
	EVENT_SOCKET_SENDMSG_X = 49,
	EVENT_SOCKET_SENDMMSG_X = 51,
	EVENT_SOCKET_RECVMSG_X = 53,
	EVENT_SOCKET_RECVMMSG_X = 55,
	EVENT_SYSCALL_CREAT_X = 59,
	EVENT_SYSCALL_CHDIR_X = 95,
	EVENT_SYSCALL_FCHDIR_X = 97,
	EVENT_SYSCALL_KILL_X = 129,
	EVENT_SYSCALL_TKILL_X = 131,
	EVENT_SYSCALL_TGKILL_X = 133,
	EVENT_SYSCALL_FCNTL_X = 151,
	EVENT_SYSCALL_MMAP_X = 161,
	EVENT_SYSCALL_MMAP2_X = 163,
	EVENT_SYSCALL_PTRACE_X = 169,
	EVENT_SYSCALL_RENAME_X = 175,
	EVENT_SYSCALL_RENAMEAT_X = 177,
	EVENT_SYSCALL_SYMLINK_X = 179,
	EVENT_SYSCALL_SYMLINKAT_X = 181,
	EVENT_PROCEXIT_1_E = 186,
	EVENT_SYSCALL_SETRESUID_X = 193,
	EVENT_SYSCALL_SETRESGID_X = 195,
	EVENT_SYSCALL_SETUID_X = 199,
	EVENT_SYSCALL_SETGID_X = 201,
	EVENT_SYSCALL_CLONE_20_X = 223,
	EVENT_SYSCALL_FORK_20_X = 225,
	EVENT_SYSCALL_VFORK_20_X = 227,
	EVENT_SYSCALL_SETNS_X = 241,
	EVENT_SOCKET_ACCEPT_5_X = 247,
	EVENT_SYSCALL_MOUNT_X = 257,
	EVENT_SYSCALL_CHROOT_X = 267,
	EVENT_SYSCALL_SETSID_X = 275,
	EVENT_SYSCALL_MKDIR_2_X = 277,
	EVENT_SYSCALL_RMDIR_2_X = 279,
	EVENT_SYSCALL_UNSHARE_X = 285,
	EVENT_SYSCALL_EXECVE_19_X = 293,
	EVENT_SYSCALL_SETPGID_X = 295,
	EVENT_SYSCALL_UNLINK_2_X = 301,
	EVENT_SYSCALL_UNLINKAT_2_X = 303,
	EVENT_SYSCALL_MKDIRAT_X = 305,
	EVENT_SYSCALL_OPENAT_2_X = 307,
	EVENT_SYSCALL_LINK_2_X = 309,
	EVENT_SYSCALL_LINKAT_2_X = 311,
	EVENT_SYSCALL_FCHMODAT_X = 313,
	EVENT_SYSCALL_CHMOD_X = 315,
	EVENT_SYSCALL_FCHMOD_X = 317,
	EVENT_SYSCALL_RENAMEAT2_X = 319,
	EVENT_SYSCALL_USERFAULTFD_X = 321,
	EVENT_SYSCALL_OPENAT2_X = 327,
	EVENT_SYSCALL_MPROTECT_X = 329,
	EVENT_SYSCALL_EXECVEAT_X = 331,
	EVENT_SYSCALL_CLONE3_X = 335,
	EVENT_SYSCALL_DUP2_X = 363,
	EVENT_SYSCALL_DUP3_X = 365,
	EVENT_SYSCALL_DUP_1_X = 367,
	EVENT_SYSCALL_BPF_2_X = 369,
	EVENT_SOCKET_ACCEPT4_6_X = 389,
	EVENT_SYSCALL_UMOUNT2_X = 391,
	EVENT_SYSCALL_PRCTL_X = 401,
	EVENT_SYSCALL_MEMFD_CREATE_X = 405,
	EVENT_SYSCALL_INIT_MODULE_X = 411,
	EVENT_SYSCALL_FINIT_MODULE_X = 413,
	EVENT_SYSCALL_SETREUID_X = 427,
	EVENT_SYSCALL_SETREGID_X = 429,
};

/* On the ring before each record, not part of it. */
struct record_prefix {
	u32 cpu;
	u32 canary; /* enum canary; 0 for what others did */
};

/* The agent's own acts that prove that it would be told of others'. */
enum canary {
	CANARY_FORK = 1 << 0,
	CANARY_CALL = 1 << 1,
	CANARY_EXIT = 1 << 2,
};

/* prctl with this option does nothing but fail. */
#define CANARY_OPTION 0x6b616e61

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
	CONTEXT_CUT = 1 << 1,	  /* a parameter did not fit and was shortened or left out */
	CONTEXT_HELD = 1 << 2,	  /* exec: stopped until it is judged */
	CONTEXT_KILLED = 1 << 3,  /* exec: ended before its first instruction */
	CONTEXT_REFUSED = 1 << 4, /* exec: refused by the security module */
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
	u64 creator_start_ns; /* of who called, when the child was given to another (CLONE_PARENT)
			       */
	u64 creator;	      /* its process; else 0 */
};
