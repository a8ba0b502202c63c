// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The border, user to kernel: one struct in .bss, which Java maps and writes
 * without a system call. Counters flow the other way.
 */
#pragma once
#include "../base/types.h"

#define EVENT_TYPES 512
#define SYSCALLS    512

/* ia32 has accept only inside socketcall; it gets a number that no call has. */
#define IA32_ACCEPT 511

struct config {
	u16 native[SYSCALLS];	/* event type wanted of a syscall, 0 = none */
	u16 ia32[SYSCALLS];	/* the same for 32-bit callers */
	u8 params[EVENT_TYPES]; /* how many the schema has */
	u8 whole[EVENT_TYPES];	/* rules want it, not only the process table its part of it */
	u64 epoch_offset;	/* epoch minus boot clock, ns */
	u32 agent_tgid;		/* never reported */
	u32 legacy_cgroup;	/* containers are told apart by the pids controller only */
	u32 environment;	/* report the environment at exec */
	u32 reader_waits;	/* the reader sleeps: the next record wakes it */
	u64 lost[EVENT_TYPES];	/* ring full or scratch busy, by event type */
	u64 cut;		/* records with a shortened parameter */
	u64 foreign_abi;	/* calls of an ABI that is not decoded */
};
