// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* open, openat, openat2, creat. */
#include "../store/call.h"
#include "../extract/alias.h"
#include "../extract/chain.h"

#define FMODE_CREATED 0x100000
#define O_CREAT	      00000100
#define O_TMPFILE     020200000
#define MODE_BITS     07777

struct open_call {
	s32 dirfd;
	u64 path;
	u32 flags;
	u32 mode;
	u32 resolve;
};

struct open_how {
	u64 flags;
	u64 mode;
	u64 resolve;
};

static __always_inline u32 open__portable_resolve(u64 resolve)
{
	return (resolve & 0x01 ? 16 : 0) | /* NO_XDEV */
	       (resolve & 0x02 ? 4 : 0) |  /* NO_MAGICLINKS */
	       (resolve & 0x04 ? 8 : 0) |  /* NO_SYMLINKS */
	       (resolve & 0x08 ? 1 : 0) |  /* BENEATH */
	       (resolve & 0x10 ? 2 : 0) |  /* IN_ROOT */
	       (resolve & 0x20 ? 32 : 0);  /* CACHED */
}

static __always_inline void open__call(struct scratch *s, u32 type, struct open_call *call)
{
	struct open_how how = {};

	call->dirfd = AT_FDCWD;
	call->path = s->args[0];
	call->flags = s->args[1];
	call->mode = s->args[2];
	call->resolve = 0;
	if (type == EVENT_SYSCALL_OPENAT_2_X) {
		call->dirfd = s->args[0];
		call->path = s->args[1];
		call->flags = s->args[2];
		call->mode = s->args[3];
	} else if (type == EVENT_SYSCALL_OPENAT2_X) {
		bpf_probe_read_user(&how, sizeof(how), (void *)s->args[2]);
		call->dirfd = s->args[0];
		call->path = s->args[1];
		call->flags = how.flags;
		call->mode = how.mode;
		call->resolve = how.resolve;
	} else if (type == EVENT_SYSCALL_CREAT_X) {
		call->flags = O_CREAT;
		call->mode = s->args[1];
	}
	/* Without O_CREAT the register holds whatever it held. */
	if (!(call->flags & O_CREAT) && (call->flags & O_TMPFILE) != O_TMPFILE)
		call->mode = 0;
	call->mode &= MODE_BITS;
}

static __always_inline u32 open__file_flags(struct file *f, struct view *v)
{
	u32 layer = inode__layer((void *)v->inode, v->magic);
	u32 flags = 0;

	if (BPF_CORE_READ(f, f_mode) & FMODE_CREATED)
		flags |= PORTABLE_O_CREATED;
	if (layer & FD_FACT_UPPER_LAYER)
		flags |= PORTABLE_UPPER_LAYER;
	if (layer & FD_FACT_LOWER_LAYER)
		flags |= PORTABLE_LOWER_LAYER;
	return flags;
}

/* Whether the opened file matters, judged before anything of it is stored. */
static __always_inline bool open__matters(struct scratch *s, struct file *f)
{
	struct judgement *j = &s->judgement;
	u32 kind = file__kind(f, file__view(s, f));
	u64 found;

	interest__of_kind(j, kind);
	if (!j->left || (j->left & config.demand.pathless) || !kind__has_path(kind))
		return !interest__is_gone(j);
	path__resolve_file(s, f);
	if (s->walk.cut)
		return true;
	found = interest__of_path(s->slot, offsetof(struct scratch, text) + s->walk.at, 0);
	if (path__resolve_other(s, f))
		found |= interest__of_path(s->slot, offsetof(struct scratch, text) + s->walk.at, 0);
	found |= alias__of_file(s, f);
	/* Unless the tree changed while it was walked. */
	if (j->chain && j->chain == chain__of_address((u64)f))
		verdict__remember(j->chain, found, j->generation);
	j->left &= found;
	return !interest__is_gone(j);
}

/*
 * Leaves the name that the file has besides in s->text. Of several, one that
 * rules ask for is worth more than that of a mount.
 */
static __always_inline bool open__other_name(struct scratch *s, struct file *f)
{
	bool asked = config.demand.concerned[s->type & (EVENT_TYPES - 1)] != 0;

	if (asked && alias__of_file(s, f))
		return true;
	return path__resolve_other(s, f) || (!asked && alias__of_file(s, f));
}

/* call__end, but for the detail: the other name of the file. */
static __always_inline void open__end(struct scratch *s, struct file *f)
{
	store__context(s);
	store__object(s, f);
	if (!interest__admits(s)) {
		interest__leave_out(s);
		return;
	}
	store__open(s);
	if (open__other_name(s, f))
		store__append_walked(s);
	store__close(s);
	store__empty(s);
	ring__end_call(s);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(open_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	struct open_call call;
	struct file *f;
	u32 type, flags;

	if (!s)
		return 0;
	type = s->type;
	open__call(s, type, &call);
	if (type != EVENT_SYSCALL_CREAT_X)
		interest__of_mode(&s->judgement, flags__open(call.flags));
	if (interest__is_gone(&s->judgement))
		return interest__leave_out(s);
	f = ret >= 0 ? file__of_fd(ret) : NULL;
	if (f && s->judgement.filtered) {
		if (!open__matters(s, f))
			return interest__leave_out(s);
		s->judgement.filtered = 0;
	}
	flags = f ? open__file_flags(f, file__view(s, f)) : 0;
	store__s64(s, ret);
	if (type == EVENT_SYSCALL_OPENAT_2_X || type == EVENT_SYSCALL_OPENAT2_X)
		store__s64(s, call.dirfd);
	store__given(s, call.path, &s->given[0]);
	if (type != EVENT_SYSCALL_CREAT_X)
		store__u32(s, flags__open(call.flags) | flags);
	store__u32(s, call.mode);
	if (type == EVENT_SYSCALL_OPENAT2_X)
		store__u32(s, open__portable_resolve(call.resolve));
	store__u32(s, f ? device__portable(s->view.device) : 0);
	store__u64(s, f ? s->view.number : 0);
	if (type == EVENT_SYSCALL_CREAT_X)
		store__u16(s, flags / PORTABLE_UPPER_LAYER);
	if (f)
		open__end(s, f);
	else
		call__end_path(s, call.dirfd, true);
	return 0;
}
