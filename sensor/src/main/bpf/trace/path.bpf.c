// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Calls about one path: unlink, unlinkat, rmdir, mkdir, mkdirat, chmod,
 * fchmodat, umount2. All are res, [dirfd], path, [number].
 */
#include "../store/call.h"

static __always_inline bool path__has_dirfd(u32 type)
{
	return type == EVENT_SYSCALL_UNLINKAT_2_X || type == EVENT_SYSCALL_MKDIRAT_X ||
	       type == EVENT_SYSCALL_FCHMODAT_X;
}

static __always_inline bool path__has_number(u32 type)
{
	return type != EVENT_SYSCALL_UNLINK_2_X && type != EVENT_SYSCALL_RMDIR_2_X;
}

#define UMOUNT_NOFOLLOW 8

static __always_inline bool path__follows(struct scratch *s)
{
	switch (s->type) {
	case EVENT_SYSCALL_CHMOD_X:
	case EVENT_SYSCALL_FCHMODAT_X:
		return true;
	case EVENT_SYSCALL_UMOUNT2_X:
		return !(s->args[1] & UMOUNT_NOFOLLOW);
	}
	return false;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(path_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	s32 dirfd = AT_FDCWD;
	bool at;

	if (!s)
		return 0;
	at = path__has_dirfd(s->type);
	store__s64(s, ret);
	if (at) {
		dirfd = s->args[0];
		store__s64(s, dirfd);
	}
	store__given(s, at ? s->args[1] : s->args[0], &s->given[0]);
	if (path__has_number(s->type))
		store__u32(s, at ? s->args[2] : s->args[1]);
	call__end_path(s, dirfd, path__follows(s));
	return 0;
}
