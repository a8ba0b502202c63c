// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Every map, and what each is for. Sizes given as 1 are set before loading. */
#pragma once
#include "kernel.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "../abi/config.h"
#include "../abi/event.h"

volatile struct config config = {};

/*
 * Exec, fork, exit, and what changes identity, namespaces or the kernel: kept
 * apart so that a flood of activity cannot evict them.
 */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} lifecycle SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 20);
} activity SEC(".maps");

/* What follows the dispatcher, by event type. */
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, EVENT_TYPES);
	__type(key, u32);
	__type(value, u32);
} programs SEC(".maps");

/* Which end of a connection a socket is, by the inode number of the socket. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, u64);
	__type(value, u32);
} roles SEC(".maps");

/* Paths that matter: a hash of the path, or of a part of it, to the interests that it satisfies. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, u64);
	__type(value, u64);
} paths SEC(".maps");

/*
 * What paths were found to be, by their place in the tree of names; see
 * extract/chain.h. A megabyte: as many as a machine has directories.
 */
#define VERDICTS 65536
struct verdict {
	u64 seal;
	u64 found;
};
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, VERDICTS);
	__type(key, u32);
	__type(value, struct verdict);
} verdicts SEC(".maps");

/* What is lost, by whom; read as memory by Java. The first is for those that found no place. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LOSSES);
	__type(key, u32);
	__type(value, struct loss);
} losses SEC(".maps");

/* What each cgroup may still write while the reader does not keep up. */
enum allowance {
	ALLOWANCE_PLAIN,
	ALLOWANCE_VALUABLE,
	ALLOWANCE_LIVES, /* forks and exits */
	ALLOWANCES,
};
struct budget {
	u64 since[ALLOWANCES]; /* moment up to which it is used up */
};
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, u64);
	__type(value, struct budget);
} budgets SEC(".maps");

/* What a request to io_uring asked for, kept from its submission to its completion. */
#define RING_PATH_BYTES 512
struct ring_request {
	u32 operation;
	s32 fd;
	s32 from_dir; /* of a socket, the domain */
	s32 to_dir;
	u32 flags; /* of a socket, the type */
	u32 mode;  /* of a socket, the protocol */
	char from[RING_PATH_BYTES];
	char to[RING_PATH_BYTES];
};

/* By the request's address. More at once than this and the oldest are not told. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 2048);
	__type(key, u64);
	__type(value, struct ring_request);
} ring_requests SEC(".maps");

/* Events that no interest admitted. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} left_out SEC(".maps");

/*
 * Limits of one record; together below RECORD_BYTES, so that nothing hostile
 * can push the rest out.
 */
#define RECORD_BYTES 65536
#define ARGS_MAX     20480 /* argv[0] included */
#define ENV_MAX	     8192
#define PATH_BYTES   4096
#define MAX_PARAMS   64

#define ADDRESS_BYTES 128

/*
 * State of a walk from a leaf to the root. In a map, not in registers: the
 * verifier then forgets the values, finds the states at the loop's head equal
 * and stops unrolling.
 */
struct walk {
	u64 node;
	u64 mount;
	u64 root_node;
	u64 root_mount;
	u32 at; /* first byte of the text, which grows towards the front */
	u32 cut;
	u32 nameless;  /* outside every tree, and without a name: a pipe, a socket */
	u32 leaf;      /* where the last component begins in the text; 0 when there is none */
	u64 mount_top; /* root of the mount in which node is */
	u64 start;     /* the struct path */
	u64 alias;     /* another dentry instead of that path's; 0 for none */
};

/* State of finding out where a path leads; see extract/trail.h. */
struct trail {
	u64 dir; /* where it stands: dentry and mount */
	u64 mount;
	u64 child; /* what is looked at there */
	u64 next;  /* what comes after it in its list */
	u64 end;   /* of that list */
	u32 at;	   /* what is left of the path, in text */
	u32 length;
	u32 compared;
	u32 links;
	u32 follows; /* a link that is the last component is followed, too */
	u32 phase;
	char name[256]; /* the component */
	/* Ends in its middle: the verifier does not see that a text ends where it has to. */
	char text[2 * PATH_BYTES];
};

/* What is read of a file once per record, however many parameters need it. */
struct view {
	u64 file; /* whose it is; 0 for nobody's */
	u64 path; /* the struct path by which it was opened */
	u64 inode;
	u64 number;
	u64 magic;
	u32 device;
	u32 mode;
	u32 links;
	u32 flags; /* of open */
};

/* State of looking through a path for what interests; here for the same reason as the walk. */
struct scan {
	u64 at;
	u64 whole; /* hashes of the parts so far */
	u64 directory;
	u64 name;
	u64 found;
	u32 window; /* the last four bytes */
	u32 length;
	u32 dirty; /* dots or double slashes: not the path that rules will see */
	u32 reserved;
};

/* What the demand has to say of an event so far. */
struct judgement {
	u64 left;	/* interests that may still admit it */
	u64 chain;	/* the opened file's place; 0 when it is not judged by that */
	u32 generation; /* of the demand that is judged by */
	u32 filtered;	/* any interest concerns its type */
};

/* A text inside the record: a path that the caller gave, or the cgroup's. */
struct given {
	u32 at;
	u32 length; /* NUL included; 0 when it could not be read */
};

struct scratch {
	struct record_prefix prefix;
	u8 record[RECORD_BYTES];
	u8 text[PATH_BYTES + 256];
	u64 walked; /* the file whose path is in text; 0 for none */
	struct walk walk;
	struct view view;
	struct scan scan;
	struct trail trail;
	struct context context;
	u64 owner;   /* pid and tgid of the task that took it */
	u64 args[6]; /* of the system call */
	struct judgement judgement;
	u32 kind;		   /* of the object stored last */
	u32 type;		   /* the event it becomes */
	u32 ia32;		   /* a 32-bit caller */
	u32 failed;		   /* the call */
	u32 piece;		   /* of a call that becomes several records, which */
	u8 address[ADDRESS_BYTES]; /* sockaddr that the caller gave */
	u32 address_length;
	struct given given[2]; /* here and not on the stack for the same reason as the walk */
	u32 users;
	u32 slot;
	u32 at;	    /* end of the record so far */
	u32 params; /* written so far */
	u32 flags;  /* enum context_flag */
	u32 mark;   /* start of a parameter written in pieces */
};

/* Two per CPU: a program that was preempted in the middle keeps its own. */
#define SLOTS_PER_CPU 2
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SLOTS_PER_CPU);
	__type(key, u32);
	__type(value, struct scratch);
} scratches SEC(".maps");
