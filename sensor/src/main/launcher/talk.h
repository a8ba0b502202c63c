// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What launcher and agent say to each other over a SOCK_SEQPACKET socket, one struct a packet.
 * dev.torimono.sensor.seccomp.Hello and Session are the other side.
 *
 *   launcher                            agent
 *     hello (LAUNCH, texts)      ─►
 *                                ◄─     filter, sock_filter[count]   (or count 0 and why not)
 *     installs it
 *   keeper
 *     listener (fd)              ─►
 *                                ◄─     beat, again and again; a = 1: after a pause
 *     passed                     ─►     what it let pass while there was no beat; after
 *                                       a = 1 always, and then it lets none pass any more
 *
 *   keeper, when the agent is back on a new connection
 *     hello (KEEP, fd)           ─►
 */
#pragma once
#include <linux/types.h>

#define TALK_MAGIC   0x69726f74 /* tori */
#define TALK_VERSION 1

enum talk_kind {
	TALK_HELLO = 1,
	TALK_FILTER,
	TALK_LISTENER,
	TALK_BEAT,
	TALK_PASSED,
};

enum talk_role {
	ROLE_LAUNCH = 0,
	ROLE_KEEP = 1,
	ROLE_UNCOVERED = 2, /* the program runs and nobody sees it */
};

enum talk_priority {
	PRIORITY_AVAILABILITY = 0,
	PRIORITY_SECURITY = 1,
};

struct talk {
	__u32 magic;
	__u16 version;
	__u16 kind;
	__u32 a; /* hello: role; filter: instructions; beat: whether to be answered */
	__u32 b; /* hello: priority; filter: deadline in ms */
	__u64 passed;
	__u32 arch; /* AUDIT_ARCH_ of the launcher */
	__u32 pid;  /* of the program, as its own pid namespace numbers it */
};

/* hello: name of the container, its id, the program; each NUL-terminated */
#define TALK_TEXTS 1024
