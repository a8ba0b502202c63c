// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The kernel's types of io_uring; see kernel.h. Every command lies at the start of its io_kiocb. */
#pragma once
#include "types.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct io_cqe { /* since 5.19 */
	s32 res;
	s32 fd; /* until there are flags */
};
struct io_kiocb {
	u8 opcode;
	struct io_cqe cqe;
	struct file *file;
};
struct filename {
	const char *name;
};
struct open_how___kernel {
	u64 flags;
	u64 mode;
};
struct io_open {
	int dfd;
	struct filename *filename;
	struct open_how___kernel how;
};
struct io_unlink {
	int dfd;
	int flags;
	struct filename *filename;
};
struct io_rename {
	int old_dfd, new_dfd;
	struct filename *oldpath, *newpath;
	int flags;
};
struct io_link { /* of symlinks too: the target is oldpath */
	int old_dfd, new_dfd;
	struct filename *oldpath, *newpath;
	int flags;
};
struct io_mkdir {
	int dfd;
	u16 mode;
	struct filename *filename;
};
struct io_socket {
	int domain, type, protocol;
};

#pragma clang attribute pop
