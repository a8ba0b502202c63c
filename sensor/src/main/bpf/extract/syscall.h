// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Registers of a system call, x86-64: native, 32-bit (ia32) and x32 callers.
 * The numbers are the architecture's. At exit the registers still hold the
 * arguments, so that no hook at entry is needed; memory they point to may have
 * been changed meanwhile.
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

#define AT_FDCWD -100

static __always_inline bool syscall__is_ia32(struct task_struct *t)
{
	return t->thread_info.status & TS_COMPAT;
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

/* socketcall(2) by its first argument, as the call that does the same. */
static __always_inline u32 syscall__of_socketcall(u32 call)
{
	switch (call) {
	case 1:
		return 359; /* socket */
	case 2:
		return 361; /* bind */
	case 3:
		return 362; /* connect */
	case 4:
		return 363; /* listen */
	case 5:
		return IA32_ACCEPT;
	case 8:
		return 360; /* socketpair */
	case 11:
		return 369; /* sendto */
	case 12:
		return 371; /* recvfrom */
	case 13:
		return 373; /* shutdown */
	case 16:
		return 370; /* sendmsg */
	case 17:
		return 372; /* recvmsg */
	case 18:
		return 364; /* accept4 */
	case 19:
		return 337; /* recvmmsg */
	case 20:
		return 345; /* sendmmsg */
	}
	return 0;
}

/* Numbers of x32 alone, whose structures in memory are those of 32 bits, as the native call. */
static __always_inline u32 syscall__of_x32(u32 number)
{
	switch (number) {
	case 514:
		return 16; /* ioctl */
	case 517:
		return 45; /* recvfrom */
	case 518:
		return 46; /* sendmsg */
	case 519:
		return 47; /* recvmsg */
	case 520:
		return 59; /* execve */
	case 521:
		return 101; /* ptrace */
	case 537:
		return 299; /* recvmmsg */
	case 538:
		return 307; /* sendmmsg */
	case 539:
		return 310; /* process_vm_readv */
	case 540:
		return 311; /* process_vm_writev */
	case 545:
		return 322; /* execveat */
	}
	return 0;
}

/* The event type that anyone wants of this call; 0 for none. */
static __always_inline u32 syscall__event_type(struct task_struct *t, struct pt_regs *regs)
{
	u64 number = regs->orig_ax;

	if (t->thread_info.status & TS_COMPAT) {
		if (number == IA32_SOCKETCALL)
			number = syscall__of_socketcall(regs->bx);
		return number < SYSCALLS ? config.ia32[number] : 0;
	}
	/* x32 shares the native numbers but for its own, from 512. */
	if (number < SYSCALLS)
		return config.native[number];
	if (!(number & X32_BIT))
		return 0;
	number &= ~X32_BIT;
	if (number < SYSCALLS)
		return config.native[number];
	number = syscall__of_x32(number);
	if (number)
		return config.native[number & (SYSCALLS - 1)];
	__sync_fetch_and_add(&config.foreign_abi, 1);
	return 0;
}

/* Fills s->args; 32-bit arguments come zero-extended: cast those that have a sign. */
static __always_inline void syscall__load_args(struct scratch *s, struct task_struct *t,
					       struct pt_regs *regs)
{
	bool ia32 = t->thread_info.status & TS_COMPAT;

	s->ia32 = ia32 || (regs->orig_ax & ~X32_BIT) >= SYSCALLS;
	if (!ia32) {
		s->args[0] = regs->di;
		s->args[1] = regs->si;
		s->args[2] = regs->dx;
		s->args[3] = regs->r10;
		s->args[4] = regs->r8;
		s->args[5] = regs->r9;
		return;
	}
	if (regs->orig_ax == IA32_SOCKETCALL) {
		u32 args[6] = {};

		bpf_probe_read_user(args, sizeof(args), (void *)(u64)(u32)regs->cx);
		for (u32 i = 0; i < 6; i++)
			s->args[i] = args[i];
		return;
	}
	s->args[0] = (u32)regs->bx;
	s->args[1] = (u32)regs->cx;
	s->args[2] = (u32)regs->dx;
	s->args[3] = (u32)regs->si;
	s->args[4] = (u32)regs->di;
	s->args[5] = (u32)regs->bp;
}
