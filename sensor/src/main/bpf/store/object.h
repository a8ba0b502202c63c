// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The object behind an fd, resolved: layout in abi/event.h. */
#pragma once
#include "tuple.h"
#include "../extract/flags.h"
#include "../extract/path.h"

/* Appends struct object and its name to the parameter being built. */
static __always_inline void store__append_object(struct scratch *s, struct file *f,
						 struct task_struct *t)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	struct sock *sk = socket__of_file(f);
	struct object o = {
		.open_flags = flags__open(BPF_CORE_READ(f, f_flags)),
		.inode = BPF_CORE_READ(inode, i_ino),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
	};

	if (sk) {
		o.kind = socket__kind(sk);
		o.l4proto = socket__l4proto(sk);
		o.role = socket__role(inode);
		store__append(s, &o, sizeof(o));
		store__append_tuple(s, sk, o.role);
		return;
	}
	o.kind = file__kind(f);
	o.facts = file__facts(f);
	path__resolve(s, (struct path *)&f->f_path, t);
	if (s->walk.cut)
		o.facts |= FD_FACT_PATH_CUT;
	store__append(s, &o, sizeof(o));
	store__append_walked(s);
}

/* The OBJECT extension; empty without a file. */
static __always_inline void store__object(struct scratch *s, struct file *f, struct task_struct *t)
{
	store__open(s);
	if (f)
		store__append_object(s, f, t);
	store__close(s);
}
