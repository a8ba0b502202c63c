// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Calls about two paths: rename, link, symlink and their *at forms. The object
 * is the first path, the detail the second; of a symlink the object is the link
 * and the detail what it points to, as given.
 */
#include "../store/call.h"

#define AT_SYMLINK_FOLLOW 0x400

struct two_paths {
	s32 from_dir;
	s32 to_dir;
	u64 from;
	u64 to;
	u32 flags;
};

static __always_inline bool paths__is_symlink(u32 type)
{
	return type == EVENT_SYSCALL_SYMLINK_X || type == EVENT_SYSCALL_SYMLINKAT_X;
}

static __always_inline bool paths__has_dirfds(u32 type)
{
	return type == EVENT_SYSCALL_RENAMEAT_X || type == EVENT_SYSCALL_RENAMEAT2_X ||
	       type == EVENT_SYSCALL_LINKAT_2_X;
}

static __always_inline bool paths__has_flags(u32 type)
{
	return type == EVENT_SYSCALL_RENAMEAT2_X || type == EVENT_SYSCALL_LINKAT_2_X;
}

static __always_inline void paths__call(struct scratch *s, u32 type, struct two_paths *p)
{
	p->from_dir = p->to_dir = AT_FDCWD;
	p->from = s->args[0];
	p->to = s->args[1];
	p->flags = s->args[4];
	if (paths__has_dirfds(type)) {
		p->from_dir = s->args[0];
		p->from = s->args[1];
		p->to_dir = s->args[2];
		p->to = s->args[3];
	} else if (type == EVENT_SYSCALL_SYMLINKAT_X) {
		p->to_dir = s->args[1];
		p->to = s->args[2];
	}
}

static __always_inline void paths__store_detail(struct scratch *s, s32 to_dir, bool symlink)
{
	store__open(s);
	if (symlink)
		store__append_copy(s, &s->given[0]);
	else
		store__append_resolved(s, to_dir, 1, false);
	store__close(s);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(paths_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	bool symlink, dirs, one_dir;
	struct given *from, *to;
	struct two_paths p;
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	symlink = paths__is_symlink(type);
	dirs = paths__has_dirfds(type);
	one_dir = type == EVENT_SYSCALL_SYMLINKAT_X;
	from = &s->given[0];
	to = &s->given[1];
	paths__call(s, type, &p);
	store__s64(s, ret);
	if (dirs)
		store__s64(s, p.from_dir);
	store__given(s, p.from, from);
	if (dirs || one_dir)
		store__s64(s, p.to_dir);
	store__given(s, p.to, to);
	if (paths__has_flags(type))
		store__u32(s, p.flags);
	store__context(s);
	if (symlink)
		store__path_object(s, p.to_dir, 1, false);
	else
		store__path_object(s, p.from_dir, 0,
				   type == EVENT_SYSCALL_LINKAT_2_X &&
				       (p.flags & AT_SYMLINK_FOLLOW));
	if (!interest__admits(s))
		return interest__leave_out(s);
	paths__store_detail(s, p.to_dir, symlink);
	store__empty(s);
	ring__end_call(s);
	return 0;
}
