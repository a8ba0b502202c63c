// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What io_uring does without a system call, told as the call that does the
 * same. Names are read when a request is submitted, since they are gone when it
 * is done; the result comes then. Since 5.19; before, nothing is told.
 */
#include "../store/call.h"
#include "../store/address.h"
#include "../extract/ring.h"
#include "../base/pressure.h"

#define SOCK_TYPE_BITS 0xf
#define PF_IO_WORKER   0x00000010

/* Threads that the kernel makes for a ring are born without a word: their process stands for them.
 */
static __always_inline u32 ring__tid(struct task_struct *t)
{
	return t->flags & PF_IO_WORKER ? t->tgid : t->pid;
}

static __always_inline bool ring__is_known(void)
{
	struct io_kiocb *req = NULL;

	return bpf_core_type_exists(struct io_open) && bpf_core_type_exists(struct io_link) &&
	       bpf_core_type_exists(struct io_socket) && bpf_core_field_exists(req->cqe);
}

static __always_inline int ring__submit(struct io_kiocb *req)
{
	struct ring_request *r;
	u64 key = (u64)req;
	struct scratch *s;
	u32 type, operation;

	if (!ring__is_known())
		return 0;
	operation = BPF_CORE_READ(req, opcode);
	type = ring__event_type(operation);
	if (!type || task__is_agent())
		return 0;
	s = scratch__take(type);
	if (!s)
		return 0;
	r = (void *)s->record;
	r->operation = operation;
	r->from[0] = r->to[0] = 0;
	ring__load(r, req);
	if (bpf_map_update_elem(&ring_requests, &key, r, BPF_ANY))
		loss__count(type);
	scratch__give(s);
	return 0;
}

SEC("raw_tp/io_uring_submit_req")
int ring_submit(struct bpf_raw_tracepoint_args *ctx)
{
	return ring__submit((void *)ctx->args[0]);
}

/* Its name before 6.2. */
SEC("raw_tp/io_uring_submit_sqe")
int ring_submit_before(struct bpf_raw_tracepoint_args *ctx)
{
	return ring__submit((void *)ctx->args[0]);
}

static __always_inline void ring__store_name(struct scratch *s, const char *name,
					     struct given *given)
{
	given->at = s->at;
	given->length = store__text(s, name, RING_PATH_BYTES, false);
}

static __always_inline void ring__tell_open(struct scratch *s, struct ring_request *r, s64 res)
{
	struct file *f = res >= 0 ? file__of_fd(res) : NULL;

	store__s64(s, r->from_dir);
	ring__store_name(s, r->from, &s->given[0]);
	store__u32(s, flags__open(r->flags));
	store__u32(s, r->mode);
	store__u32(s, f ? device__portable(file__view(s, f)->device) : 0);
	store__u64(s, f ? file__view(s, f)->number : 0);
	if (f)
		call__end(s, f);
	else
		call__end_path(s, r->from_dir, false);
}

/* unlinkat, mkdirat */
static __always_inline void ring__tell_path(struct scratch *s, struct ring_request *r)
{
	store__s64(s, r->from_dir);
	ring__store_name(s, r->from, &s->given[0]);
	store__u32(s, r->operation == RING_MKDIRAT ? r->mode : r->flags);
	call__end_path(s, r->from_dir, false);
}

/* renameat2, linkat, symlinkat; object and detail as in paths.bpf.c */
static __always_inline void ring__tell_paths(struct scratch *s, struct ring_request *r)
{
	bool symlink = r->operation == RING_SYMLINKAT;

	if (!symlink)
		store__s64(s, r->from_dir);
	ring__store_name(s, r->from, &s->given[0]);
	store__s64(s, r->to_dir);
	ring__store_name(s, r->to, &s->given[1]);
	if (!symlink)
		store__u32(s, r->flags);
	store__context(s);
	if (symlink)
		store__path_object(s, r->to_dir, 1, false);
	else
		store__path_object(s, r->from_dir, 0,
				   r->operation == RING_LINKAT && (r->flags & AT_SYMLINK_FOLLOW));
	if (!interest__admits(s)) {
		interest__leave_out(s);
		return;
	}
	paths__store_detail(s, r->to_dir, symlink);
	store__empty(s);
	ring__end_call(s);
}

static __always_inline void ring__tell_socket(struct scratch *s, struct ring_request *r, s64 res)
{
	store__u32(s, r->from_dir);
	store__u32(s, r->flags & SOCK_TYPE_BITS);
	store__u32(s, r->mode);
	store__u32(s, flags__descriptor(r->flags));
	call__end(s, res >= 0 ? file__of_fd(res) : NULL);
}

static __always_inline void ring__store_tuple(struct scratch *s, struct file *f, u32 role)
{
	struct sock *sk = f ? socket__of_file(f, file__view(s, f)) : NULL;

	store__open(s);
	if (sk) {
		if (role)
			socket__remember_role(&s->view, role);
		store__append_tuple(s, sk, role);
	}
	store__close(s);
}

/* connect, accept4, sendto: what the socket itself tells. */
static __always_inline void ring__tell_connection(struct scratch *s, struct ring_request *r,
						  struct file *f, s64 res)
{
	switch (r->operation) {
	case RING_CONNECT:
		ring__store_tuple(s, f, FD_ROLE_CLIENT);
		store__s64(s, r->fd);
		store__empty(s);
		break;
	case RING_ACCEPT:
		f = res >= 0 ? file__of_fd(res) : NULL;
		ring__store_tuple(s, f, FD_ROLE_SERVER);
		store__u8(s, 0);
		store__u32(s, 0);
		store__u32(s, 0);
		store__u32(s, 0);
		break;
	default:
		store__empty(s);
		store__s64(s, r->fd);
		store__u32(s, res > 0 ? res : 0);
		ring__store_tuple(s, f, 0);
	}
	call__end(s, f);
}

static __always_inline void ring__tell(struct scratch *s, struct ring_request *r,
				       struct io_kiocb *req, s64 res)
{
	store__s64(s, res);
	switch (r->operation) {
	case RING_OPENAT:
	case RING_OPENAT2:
		return ring__tell_open(s, r, res);
	case RING_UNLINKAT:
	case RING_MKDIRAT:
		return ring__tell_path(s, r);
	case RING_RENAMEAT:
	case RING_LINKAT:
	case RING_SYMLINKAT:
		return ring__tell_paths(s, r);
	case RING_SOCKET:
		return ring__tell_socket(s, r, res);
	}
	ring__tell_connection(s, r, BPF_CORE_READ(req, file), res);
}

SEC("raw_tp/io_uring_complete")
int ring_complete(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct io_kiocb *req = (void *)ctx->args[1];
	struct ring_request *r;
	u64 key = (u64)req;
	struct scratch *s;
	u32 type;

	if (!ring__is_known())
		return 0;
	r = bpf_map_lookup_elem(&ring_requests, &key);
	if (!r)
		return 0;
	type = ring__event_type(r->operation);
	s = NULL;
	if (type && pressure__sheds(t, type))
		loss__count(type);
	else if (type)
		s = scratch__take(type);
	if (s) {
		s->type = type;
		s->ia32 = 0;
		s->failed = BPF_CORE_READ(req, cqe.res) < 0;
		s->judgement.filtered = 0;
		context__fill(&s->context, t);
		ring__begin(s, type, ring__tid(t));
		ring__tell(s, r, req, BPF_CORE_READ(req, cqe.res));
	}
	bpf_map_delete_elem(&ring_requests, &key);
	return 0;
}
