// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The object behind an fd, resolved: layout in abi/event.h. */
#pragma once
#include "address.h"
#include "../extract/flags.h"
#include "../extract/path.h"

/* ::ffff:a.b.c.d */
static __always_inline bool in6__is_mapped(struct ip6 *a)
{
	u64 head;
	u32 middle;

	__builtin_memcpy(&head, &a->bytes[0], 8);
	__builtin_memcpy(&middle, &a->bytes[8], 4);
	return head == 0 && middle == 0xffff0000;
}

static __always_inline bool in6__is_any(struct ip6 *a)
{
	u64 half[2];

	__builtin_memcpy(half, a, sizeof(half));
	return half[0] == 0 && half[1] == 0;
}

/* IPv4 spoken through an IPv6 socket is told as what it is. */
static __always_inline void ends__unmap(struct ends *e)
{
	bool own = in6__is_mapped(&e->own);
	bool peer = in6__is_mapped(&e->peer);

	if (e->family != AF_INET6 || !(own || peer))
		return;
	if (!(own || in6__is_any(&e->own)) || !(peer || in6__is_any(&e->peer)))
		return;
	__builtin_memcpy(&e->own.bytes[0], &e->own.bytes[12], 4);
	__builtin_memcpy(&e->peer.bytes[0], &e->peer.bytes[12], 4);
	e->family = AF_INET;
}

/* A failed connect leaves no peer on the socket: the address given tells where it wanted to go. */
static __always_inline void ends__complete(struct scratch *s, struct ends *e)
{
	if (e->peer_port || address__family(s) != e->family)
		return;
	e->peer_port = address__port(s);
	if (e->family == AF_INET)
		__builtin_memcpy(&e->peer, &s->address[4], 4);
	else if (e->family == AF_INET6)
		__builtin_memcpy(&e->peer, &s->address[8], 16);
}

static __always_inline void store__append_socket(struct scratch *s, struct sock *sk,
						 struct object *o)
{
	struct ends ends;

	if (BPF_CORE_READ(sk, __sk_common.skc_family) == AF_UNIX) {
		store__append(s, o, sizeof(*o));
		store__append_unix(s, sk, o->role == FD_ROLE_SERVER);
		return;
	}
	socket__ends(sk, &ends);
	ends__complete(s, &ends);
	ends__unmap(&ends);
	if (ends.family == AF_INET && o->kind == FD_KIND_IPV6_SOCK)
		o->kind = FD_KIND_IPV4_SOCK;
	store__append(s, o, sizeof(*o));
	store__append_ends(s, &ends, o->role == FD_ROLE_SERVER);
}

/*
 * Appends struct object and its name to the parameter being built, as the
 * current task sees it. Global, so that the verifier checks it once; a global
 * function takes numbers only.
 */
__noinline int object__append(u32 slot, u64 file)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct scratch *s = scratch__at(slot);
	struct file *f = (void *)file;
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sock *sk = socket__of_file(f);
	struct object o = {
		.open_flags = flags__open(BPF_CORE_READ(f, f_flags)),
		.inode = BPF_CORE_READ(inode, i_ino),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
	};

	if (!s)
		return 0;
	if (sk) {
		o.kind = socket__kind(sk);
		o.l4proto = socket__l4proto(sk);
		o.role = socket__role(inode);
		store__append_socket(s, sk, &o);
		return 0;
	}
	o.kind = file__kind(f);
	o.facts = file__facts(f);
	path__resolve(s, (struct path *)&f->f_path, t);
	if (s->walk.cut)
		o.facts |= FD_FACT_PATH_CUT;
	store__append(s, &o, sizeof(o));
	store__append_walked(s);
	return 0;
}

/* The OBJECT extension; empty without a file. */
static __always_inline void store__object(struct scratch *s, struct file *f)
{
	store__open(s);
	if (f)
		object__append(s->slot, (u64)f);
	store__close(s);
}
