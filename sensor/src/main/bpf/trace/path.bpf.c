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

SEC("tp_btf/sys_exit")
int BPF_PROG(path_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	u32 type = syscall__event_type(t, regs);
	bool at = path__has_dirfd(type), number = path__has_number(type);
	struct scratch *s = call__begin(t, regs, type, 2 + at + number);
	s32 dirfd = AT_FDCWD;

	if (!s)
		return 0;
	store__s64(s, ret);
	if (at) {
		dirfd = s->args[0];
		store__s64(s, dirfd);
	}
	store__given(s, at ? s->args[1] : s->args[0], &s->given[0]);
	if (number)
		store__u32(s, at ? s->args[2] : s->args[1]);
	call__end_path(s, t, dirfd, &s->given[0]);
	return 0;
}
