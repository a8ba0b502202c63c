// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The object behind an fd, resolved: layout in abi/event.h. */
#pragma once
#include "ends.h"
#include "../extract/flags.h"
#include "../extract/path.h"

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
