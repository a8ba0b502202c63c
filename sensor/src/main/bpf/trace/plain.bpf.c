// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Every call whose record is its result and its arguments in some order: chown
 * and its sisters, mmap, mprotect, splice, sendfile, copy_file_range, pidfds,
 * the memory of other processes, io_uring's own calls, and more. A plan says
 * which argument comes when, and what the object is.
 */
#include "../extract/mapped.h"
#include "../extract/message.h"
#include "../extract/plain.h"
#include "../store/call.h"
#include "../store/exec.h"

#define PLAIN_DATA_BYTES 80

/* Of the parts of struct io_uring_params, u32 each. */
#define RING_FLAGS 2

enum { RESULT_PATH = 0, RESULT_DEVICE, RESULT_INODE };
enum { SETTING_BYTES = 0, SETTING_TEXT };
enum {
	PAIR_FIRST = 0,
	PAIR_SECOND,
	PAIR_OWN_END,
	PAIR_OTHER_END,
	PAIR_PIPE_FIRST, /* of a pipe, to whose fds argument 0 points */
	PAIR_PIPE_SECOND,
	PAIR_PIPE_INODE,
};
enum { FSCONFIG_SET_STRING = 1, FSCONFIG_SET_BINARY, FSCONFIG_SET_PATH, FSCONFIG_SET_PATH_EMPTY };

struct plain_walk {
	struct scratch *s;
	struct plan *plan;
	s64 ret;
};

static __always_inline void plain__store_moved(struct scratch *s, u64 from, u64 room, s64 ret)
{
	u64 n = ret;

	if (ret <= 0)
		return store__empty(s);
	if (n > room)
		n = room;
	if (n > PLAIN_DATA_BYTES)
		n = PLAIN_DATA_BYTES;
	store__user_bytes(s, from, n, PLAIN_DATA_BYTES);
}

static __always_inline void plain__store_piece(struct scratch *s, u64 pieces, s64 ret)
{
	struct message m = {};

	message__load_pieces(&m, pieces, 1, s->ia32);
	plain__store_moved(s, m.data, m.data_length, ret);
}

static __always_inline void plain__store_offset(struct scratch *s, u64 from)
{
	u64 offset = 0;

	if (from)
		bpf_probe_read_user(&offset, sizeof(offset), (void *)from);
	/* The older of their calls have 32 bits there. */
	store__u64(s, s->ia32 ? (u32)offset : offset);
}

static __always_inline void plain__store_ring(struct scratch *s, u32 part)
{
	u32 value = 0;

	bpf_probe_read_user(&value, sizeof(value), (void *)(s->args[1] + 4 * part));
	store__u32(s, part == RING_FLAGS ? plain__ring(value) : value);
}

static __always_inline void plain__store_result(struct scratch *s, u32 part, s64 ret)
{
	struct file *f = ret >= 0 ? file__of_fd(ret) : NULL;

	switch (part) {
	case RESULT_DEVICE:
		store__u32(s, f ? device__portable(file__view(s, f)->device) : 0);
		return;
	case RESULT_INODE:
		store__u64(s, f ? file__view(s, f)->number : 0);
		return;
	}
	if (!f)
		return store__empty(s);
	path__resolve_file(s, f);
	store__open(s);
	store__append_walked(s);
	store__close(s);
}

static __always_inline void plain__store_pair(struct scratch *s, u32 part, s64 ret)
{
	s32 fd = -1;
	struct sock *sk = NULL;
	struct file *f;

	u64 fds = part < PAIR_PIPE_FIRST ? s->args[3] : s->args[0];

	if (ret == 0)
		bpf_probe_read_user(&fd, sizeof(fd), (void *)(fds + 4 * (part & 1)));
	if (part != PAIR_OWN_END && part != PAIR_OTHER_END && part != PAIR_PIPE_INODE)
		return store__s64(s, fd);
	f = file__of_fd(fd);
	if (part == PAIR_PIPE_INODE)
		return store__u64(s, f ? file__view(s, f)->number : 0);
	if (f)
		sk = socket__of_file(f, file__view(s, f));
	store__u64(s, (u64)sk);
}

static __always_inline void plain__store_setting(struct scratch *s, u32 part)
{
	u32 command = s->args[1];
	bool text = command == FSCONFIG_SET_STRING || command == FSCONFIG_SET_PATH ||
		    command == FSCONFIG_SET_PATH_EMPTY;

	if (part == SETTING_TEXT && text)
		store__user_text(s, s->args[3]);
	else if (part == SETTING_BYTES && command == FSCONFIG_SET_BINARY)
		plain__store_moved(s, s->args[3], s->args[4], PLAIN_DATA_BYTES);
	else
		store__empty(s);
}

static __always_inline void plain__store_usage(struct scratch *s)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	u64 resident =
	    mm__pages(mm, PAGES_FILE) + mm__pages(mm, PAGES_ANONYMOUS) + mm__pages(mm, PAGES_SHMEM);

	store__u32(s, BPF_CORE_READ(mm, total_vm) * PAGE_KIB);
	store__u32(s, resident * PAGE_KIB);
	store__u32(s, mm__pages(mm, PAGES_SWAP) * PAGE_KIB);
}

static __always_inline void plain__store_capabilities(struct scratch *s)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();

	store__capabilities(s, BPF_CORE_READ(t, cred));
}

static __always_inline u32 plain__flags(u32 kind, u32 flags)
{
	switch (kind) {
	case PLAN_PROTECTION:
		return plain__protection(flags);
	case PLAN_MAPPING:
		return plain__mapping(flags);
	case PLAN_AT:
		return plain__at(flags);
	case PLAN_DESCRIPTOR:
		return flags__descriptor(flags);
	case PLAN_OPEN:
		return flags__open(flags);
	case PLAN_UNLOAD:
		return plain__unload(flags);
	}
	return (flags & 00004000) != 0;
}

static __always_inline void plain__store_pointed(struct scratch *s, u32 kind, u32 part, u64 arg,
						 s64 ret)
{
	switch (kind) {
	case PLAN_TEXT:
		store__user_text(s, arg);
		return;
	case PLAN_PATH:
		store__given(s, arg, &s->given[0]);
		return;
	case PLAN_OFFSET:
		plain__store_offset(s, arg);
		return;
	case PLAN_DATA:
		plain__store_moved(s, arg, PLAIN_DATA_BYTES, ret);
		return;
	case PLAN_PIECE:
		plain__store_piece(s, arg, ret);
		return;
	case PLAN_USAGE:
		plain__store_usage(s);
		return;
	case PLAN_RING:
		plain__store_ring(s, part);
		return;
	case PLAN_RESULT:
		plain__store_result(s, part, ret);
		return;
	case PLAN_PAIR:
		plain__store_pair(s, part, ret);
		return;
	case PLAN_SETTING:
		plain__store_setting(s, part);
		return;
	case PLAN_CAPABILITIES:
		plain__store_capabilities(s);
		return;
	}
	store__empty(s);
}

/* One more parameter; non-zero at the end. */
static long plain__step(u32 index, struct plain_walk *w)
{
	struct scratch *s = w->s;
	u64 at = index, part;
	u32 kind;
	u64 arg;

	barrier_var(at);
	if (at >= PLAN_STEPS)
		return 1;
	kind = w->plan->steps[at] >> 3;
	part = w->plan->steps[at] & 7;
	arg = part < 6 ? s->args[part] : 0;
	switch (kind) {
	case PLAN_END:
		return 1;
	case PLAN_FD:
		store__s64(s, (s32)arg);
		return 0;
	case PLAN_U8:
		store__u8(s, arg);
		return 0;
	case PLAN_U16:
		store__u16(s, arg);
		return 0;
	case PLAN_U32:
		store__u32(s, arg);
		return 0;
	case PLAN_U64:
		store__u64(s, arg);
		return 0;
	case PLAN_PROTECTION:
	case PLAN_MAPPING:
	case PLAN_AT:
	case PLAN_DESCRIPTOR:
	case PLAN_OPEN:
	case PLAN_UNLOAD:
	case PLAN_NONBLOCK:
		store__u32(s, plain__flags(kind, arg));
		return 0;
	}
	plain__store_pointed(s, kind, part, arg, w->ret);
	return 0;
}

/* Global, so that the verifier checks it once and apart. */
__noinline int plain__store(u32 slot, u64 ret)
{
	struct scratch *s = scratch__at(slot);
	struct plain_walk w = {.s = s, .ret = ret};

	if (!s)
		return 0;
	w.plan = (struct plan *)&config.plans[s->type & (EVENT_TYPES - 1)];
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {
		bpf_loop(PLAN_STEPS, plain__step, &w, 0);
	} else {
		for (u32 i = 0; i < PLAN_STEPS; i++)
			if (plain__step(i, &w))
				break;
	}
	return 0;
}

#define AT_SYMLINK_NOFOLLOW 0x100

/* fchownat is told by its fifth argument; the others are as they are. */
static __always_inline bool plain__follows(struct scratch *s)
{
	u8 links = config.plans[s->type & (EVENT_TYPES - 1)].links;

	return links == PLAN_LINKS_FOLLOWED ||
	       (links == PLAN_LINKS_AS_TOLD && !(s->args[4] & AT_SYMLINK_NOFOLLOW));
}

/* What is made executable: of other memory nobody asks where it came from. */
static __always_inline struct file *plain__mapped(struct scratch *s, u32 part, s64 ret)
{
	if (ret || part > 4 || !(s->args[2] & PROT_EXEC))
		return NULL;
	return (struct file *)mapped__find(s->slot, s->args[part], s->args[part + 1]);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(plain_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	u32 object, part;

	if (!s)
		return 0;
	object = config.plans[s->type & (EVENT_TYPES - 1)].object;
	part = object & 7;
	store__s64(s, ret);
	plain__store(s->slot, ret);
	if (object >= PLAN_OBJECT_MAPPED)
		call__end(s, plain__mapped(s, part, ret));
	else if (object >= PLAN_OBJECT_AT)
		call__end_path(s, part < 6 ? (s32)s->args[part] : AT_FDCWD, plain__follows(s));
	else if (object >= PLAN_OBJECT_PATH)
		call__end_path(s, AT_FDCWD, plain__follows(s));
	else if (object >= PLAN_OBJECT_FD)
		call__end(s, part < 6 ? file__of_fd(s->args[part]) : NULL);
	else
		call__end(s, object == PLAN_OBJECT_RESULT && ret >= 0 ? file__of_fd(ret) : NULL);
	return 0;
}
