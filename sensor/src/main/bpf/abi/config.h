// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The border, user to kernel: one struct in .bss, which Java maps and writes
 * without a system call. Counters flow the other way.
 */
#pragma once
#include "../base/types.h"
#include "plan.h"

#define EVENT_TYPES 512
#define SYSCALLS    512

/* ia32 has accept only inside socketcall; it gets a number that no call has. */
#define IA32_ACCEPT 511

/* Interests are numbered; a set of them is a bit mask. */
#define INTERESTS  64
#define FD_KINDS   32
#define BLOOM_BITS 4096

/* Cgroups known to be the host's, by a hash of their number. */
#define HOST_CGROUPS 256

/*
 * What an event must be to matter. An event of a type that interests concern is
 * told only if one of them admits it in every dimension; the masks say which
 * interests admit which value. All zero: everything is told.
 */
struct demand {
	u32 generation; /* odd while the rest changes: everything is told */
	u32 reserved;
	u64 concerned[EVENT_TYPES]; /* 0: the type is wanted whole */
	u64 by_outcome[2];	    /* success, failure */
	u64 by_mode[6];	       /* of opens, by the two low bits of the portable flags; 4 and 5 of
				  mappings, by whether they may be executed */
	u64 by_kind[FD_KINDS]; /* of the object behind the fd */
	u64 on_host;	       /* admit what happens outside containers */
	u64 pathless;	       /* any path will do */
	u64 prefix_lengths;    /* bit n: some prefix is n bytes long */
	u64 bloom[BLOOM_BITS / 64]; /* which keys may be in the map of paths */
};

/* What an event of a type is worth when not all can be told; WORTH_VITAL has the lifecycle ring. */
enum worth { WORTH_NORMAL = 0, WORTH_LOW, WORTH_HIGH, WORTH_VITAL };

/* Losses of one cgroup and type. */
#define LOSSES	    1024
#define LOSS_PROBES 8
struct loss {
	u64 cgroup;
	u64 count;
	u32 type;
	u32 tgid; /* of the last one */
};

struct config {
	u16 native[SYSCALLS];	/* event type wanted of a syscall, 0 = none */
	u16 ia32[SYSCALLS];	/* the same for 32-bit callers */
	u8 params[EVENT_TYPES]; /* how many the schema has */
	u8 whole[EVENT_TYPES];	/* rules want it, not only the process table its part of it */
	u8 worth[EVENT_TYPES];	/* enum worth */
	u64 epoch_offset;	/* epoch minus boot clock, ns */
	u32 agent_tgid;		/* never reported */
	u32 legacy_cgroup;	/* containers are told apart by the pids controller only */
	u32 environment;	/* report the environment at exec */
	u32 reader_waits;	/* the reader sleeps: the next record wakes it */
	u32 lifecycle_bytes;	/* of the ring */
	u32 activity_bytes;
	u32 budget; /* events a second that each cgroup may tell while a ring fills; 0: any */
	u32 canary; /* the agent acts: its own threads and its call are told */
	u64 host_cgroups[HOST_CGROUPS];
	u32 host_mount_ns; /* of the first process; 0 when it is not known */
	u32 reserved;
	struct plan plans[EVENT_TYPES];
	struct demand demand;
	u64 lost[EVENT_TYPES]; /* ring full or scratch busy, by event type */
	u64 cut;	       /* records with a shortened parameter */
	u64 foreign_abi;       /* calls of an ABI that is not decoded */
};
