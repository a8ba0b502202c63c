// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Calls that change the system: mount, init_module. */
#include "../store/call.h"

#define MS_MAGIC      0xC0ED0000
#define MS_MAGIC_MASK 0xffff0000
#define MS_MOVE	      8192

/* The same for 32-bit callers. */
#define NR_MOVE_MOUNT 429
#define IMAGE_BYTES   80 /* of the module: enough to see the ELF header */

static __always_inline void system__mount(struct scratch *s)
{
	u32 flags = s->args[3];

	store__user_text(s, s->args[0]);
	store__given(s, s->args[1], &s->given[0]);
	store__user_text(s, s->args[2]);
	/* Programs of the last century put a magic number into the upper half. */
	if ((flags & MS_MAGIC_MASK) == MS_MAGIC)
		flags &= ~MS_MAGIC_MASK;
	store__u32(s, flags);
	call__end_path(s, AT_FDCWD, true);
}

/* move_mount, by which the newer calls attach what they made or move what is there: a mount. */
static __always_inline void system__move_mount(struct scratch *s)
{
	store__user_text(s, s->args[1]);
	store__given(s, s->args[3], &s->given[0]);
	store__empty(s);
	store__u32(s, MS_MOVE);
	call__end_path(s, (s32)s->args[2], true);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(system_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	u64 size;

	if (!s)
		return 0;
	store__s64(s, ret);
	if (s->type == EVENT_SYSCALL_MOUNT_X) {
		if (regs->orig_ax == NR_MOVE_MOUNT)
			system__move_mount(s);
		else
			system__mount(s);
		return 0;
	}
	size = s->args[1];
	store__user_bytes(s, s->args[0], size > IMAGE_BYTES ? IMAGE_BYTES : size, IMAGE_BYTES);
	store__u64(s, size);
	store__user_text(s, s->args[2]);
	call__end(s, NULL);
	return 0;
}
