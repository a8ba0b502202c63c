// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The object behind an fd, resolved: layout in abi/event.h. */
#pragma once
#include "ends.h"
#include "../extract/flags.h"
#include "../extract/path.h"
#include "../extract/interest.h"

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
	struct scratch *s = scratch__at(slot);
	struct file *f = (void *)file;
	struct object o = {};
	struct sock *sk;
	struct view *v;

	if (!s)
		return 0;
	v = file__view(s, f);
	o.open_flags = flags__open(v->flags);
	o.inode = v->number;
	o.device = v->device;
	sk = socket__of_file(f, v);
	if (sk) {
		o.kind = socket__kind(sk);
		o.l4proto = socket__l4proto(sk);
		o.role = socket__role(v);
		store__append_socket(s, sk, &o);
		s->kind = o.kind;
		return 0;
	}
	o.kind = file__kind(f, v);
	o.facts = file__facts(f, v);
	s->kind = o.kind;
	path__resolve_file(s, f);
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
	if (f) {
		object__append(s->slot, (u64)f);
		interest__of_kind(&s->judgement, s->kind);
	}
	store__close(s);
}
