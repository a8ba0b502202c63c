// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Linux's flags of open in the portable encoding of the .scap format. */
#pragma once
#include "../base/kernel.h"

#define O_ACCMODE 3
#define O_RDONLY  0
#define O_WRONLY  1
#define O_RDWR	  2

enum portable_open {
	PORTABLE_O_RDONLY = 1 << 0,
	PORTABLE_O_WRONLY = 1 << 1,
	PORTABLE_O_CREAT = 1 << 2,
	PORTABLE_O_APPEND = 1 << 3,
	PORTABLE_O_DSYNC = 1 << 4,
	PORTABLE_O_EXCL = 1 << 5,
	PORTABLE_O_NONBLOCK = 1 << 6,
	PORTABLE_O_SYNC = 1 << 7,
	PORTABLE_O_TRUNC = 1 << 8,
	PORTABLE_O_DIRECT = 1 << 9,
	PORTABLE_O_DIRECTORY = 1 << 10,
	PORTABLE_O_LARGEFILE = 1 << 11,
	PORTABLE_O_CLOEXEC = 1 << 12,
	PORTABLE_O_TMPFILE = 1 << 13,
	PORTABLE_O_CREATED = 1 << 14,
	PORTABLE_UPPER_LAYER = 1 << 15,
	PORTABLE_LOWER_LAYER = 1 << 16,
};

static __always_inline u32 flags__open(u32 flags)
{
	u32 out = 0;

	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		out = PORTABLE_O_RDONLY;
		break;
	case O_WRONLY:
		out = PORTABLE_O_WRONLY;
		break;
	case O_RDWR:
		out = PORTABLE_O_RDONLY | PORTABLE_O_WRONLY;
		break;
	}
#define OPEN_BIT(kernel, portable)                                                                 \
	if ((flags & (kernel)) == (kernel))                                                        \
		out |= (portable);
	OPEN_BIT(00000100, PORTABLE_O_CREAT)
	OPEN_BIT(00000200, PORTABLE_O_EXCL)
	OPEN_BIT(00001000, PORTABLE_O_TRUNC)
	OPEN_BIT(00002000, PORTABLE_O_APPEND)
	OPEN_BIT(00004000, PORTABLE_O_NONBLOCK)
	OPEN_BIT(00010000, PORTABLE_O_DSYNC)
	OPEN_BIT(00040000, PORTABLE_O_DIRECT)
	OPEN_BIT(00100000, PORTABLE_O_LARGEFILE)
	OPEN_BIT(00200000, PORTABLE_O_DIRECTORY)
	OPEN_BIT(02000000, PORTABLE_O_CLOEXEC)
	OPEN_BIT(04000000, PORTABLE_O_SYNC)
	OPEN_BIT(020000000, PORTABLE_O_TMPFILE)
#undef OPEN_BIT
	return out;
}

/* Flags of dup3, accept4 and their like: O_CLOEXEC and O_NONBLOCK only, without an access mode. */
static __always_inline u32 flags__descriptor(u32 flags)
{
	return flags__open(flags) & (PORTABLE_O_CLOEXEC | PORTABLE_O_NONBLOCK);
}

/* Device number as stat gives it; the kernel keeps major << 20 | minor. */
static __always_inline u32 device__portable(u32 device)
{
	u32 major = device >> 20;
	u32 minor = device & 0xfffff;

	return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
}
