// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Parameters of an exec that failed: the caller's own image, with the arguments it wanted to give.
 */
#pragma once
#include "exec.h"

#define ARGUMENTS_MAX	   512
#define ARGUMENTS_UNROLLED 24

struct argument_walk {
	struct scratch *s;
	u64 argv;
	u32 pointer_size;
};

/* One more argument; non-zero at the end. */
static long exec_failed__argument(u32 index, struct argument_walk *w)
{
	u64 at = w->argv + (u64)index * w->pointer_size;
	struct scratch *s = w->s;
	u64 argument = 0;
	s64 to;
	long n;

	if (bpf_probe_read_user(&argument, w->pointer_size == 8 ? 8 : 4, (void *)at) || !argument)
		return 1;
	if (s->at - s->mark > ARGS_MAX - PATH_BYTES) {
		s->flags |= CONTEXT_CUT;
		return 1;
	}
	to = store__room(s, PATH_BYTES);
	if (to < 0)
		return 1;
	n = bpf_probe_read_user_str(&s->record[to], PATH_BYTES, (void *)argument);
	if (n <= 0)
		return 1;
	s->at = to + n;
	return 0;
}

/* exe, args from the caller's argv. */
static __always_inline void exec_failed__store_arguments(struct scratch *s, u64 argv, u32 pointer)
{
	struct argument_walk w = {.s = s, .argv = argv, .pointer_size = pointer};

	store__open(s);
	exec_failed__argument(0, &w);
	store__close(s);
	store__open(s);
	w.argv += pointer;
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {
		bpf_loop(ARGUMENTS_MAX, exec_failed__argument, &w, 0);
	} else {
		for (u32 i = 0; i < ARGUMENTS_UNROLLED; i++)
			if (exec_failed__argument(i, &w))
				break;
	}
	store__close(s);
}

/* result to gid; the path that was tried follows. The arguments of the call are loaded. */
static __always_inline void exec_failed__store(struct scratch *s, struct task_struct *t, s64 result,
					       bool at)
{
	store__s64(s, result);
	exec_failed__store_arguments(s, at ? s->args[2] : s->args[1], s->ia32 ? 4 : 8);
	store__ids(s, t);
	store__cwd(s, t);
	store__usage(s, t);
	store__comm(s, t);
	store__cgroups(s, t);
	store__environment(s, t);
	store__identity(s, t);
}
