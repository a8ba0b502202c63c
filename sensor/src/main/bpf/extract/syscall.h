// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Registers of a system call, x86-64: native, 32-bit (ia32) and x32 callers.
 * The numbers are the architecture's.
 */
#pragma once
#include "../base/scratch.h"

#define NR_CLONE  56
#define NR_FORK	  57
#define NR_VFORK  58
#define NR_CLONE3 435

#define IA32_FORK	2
#define IA32_SOCKETCALL 102
#define IA32_CLONE	120
#define IA32_VFORK	190
#define IA32_CLONE3	435

#define TS_COMPAT 0x0002
#define X32_BIT	  0x40000000

static __always_inline bool syscall__is_ia32(struct task_struct *t)
{
	return BPF_CORE_READ(t, thread_info.status) & TS_COMPAT;
}

/* NULL before 5.15, where the helper is missing. */
static __always_inline struct pt_regs *syscall__current_regs(void)
{
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
		return (void *)bpf_task_pt_regs((void *)bpf_get_current_task_btf());
	return NULL;
}

/* Only for the calls that make tasks. */
static __always_inline u32 syscall__native_number(struct task_struct *t, struct pt_regs *regs)
{
	u32 number = BPF_CORE_READ(regs, orig_ax);

	if (!syscall__is_ia32(t))
		return number & ~X32_BIT;
	switch (number) {
	case IA32_FORK:
		return NR_FORK;
	case IA32_VFORK:
		return NR_VFORK;
	case IA32_CLONE:
		return NR_CLONE;
	case IA32_CLONE3:
		return NR_CLONE3;
	}
	return 0;
}

static __always_inline u64 syscall__first_arg(struct task_struct *t, struct pt_regs *regs)
{
	return syscall__is_ia32(t) ? (u32)BPF_CORE_READ(regs, bx) : BPF_CORE_READ(regs, di);
}
