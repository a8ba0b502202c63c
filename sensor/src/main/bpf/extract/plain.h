// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Flags of calls that a plan describes, from the kernel's bits to the portable ones. */
#pragma once
#include "../base/kernel.h"

#define PORTABLE(kernel, portable)                                                                 \
	if (flags & (kernel))                                                                      \
		out |= (portable);

static __always_inline u32 plain__protection(u32 flags)
{
	u32 out = flags & 0xf; /* READ, WRITE, EXEC, SEM */

	PORTABLE(0x01000000, 16) /* GROWSDOWN */
	PORTABLE(0x02000000, 32) /* GROWSUP */
	return out;
}

static __always_inline u32 plain__mapping(u32 flags)
{
	u32 out = flags & 3; /* SHARED, PRIVATE */

	PORTABLE(0x00010, 4)	 /* FIXED */
	PORTABLE(0x00020, 8)	 /* ANONYMOUS */
	PORTABLE(0x00040, 16)	 /* 32BIT */
	PORTABLE(0x04000, 64)	 /* NORESERVE */
	PORTABLE(0x08000, 128)	 /* POPULATE */
	PORTABLE(0x10000, 256)	 /* NONBLOCK */
	PORTABLE(0x00100, 512)	 /* GROWSDOWN */
	PORTABLE(0x00800, 1024)	 /* DENYWRITE */
	PORTABLE(0x01000, 2048)	 /* EXECUTABLE */
	PORTABLE(0x02000, 16384) /* LOCKED */
	return out;
}

static __always_inline u32 plain__at(u32 flags)
{
	u32 out = 0;

	PORTABLE(0x0100, 1024) /* SYMLINK_NOFOLLOW */
	PORTABLE(0x1000, 4096) /* EMPTY_PATH */
	return out;
}

static __always_inline u32 plain__unload(u32 flags)
{
	u32 out = 0;

	PORTABLE(00004000, 2) /* O_NONBLOCK */
	PORTABLE(00001000, 1) /* O_TRUNC */
	return out;
}

/* The third bit of the schema is a state of the queue that nobody sets up. */
static __always_inline u32 plain__ring(u32 flags)
{
	return (flags & 3) | (flags & 0x7c) << 1;
}

#undef PORTABLE
