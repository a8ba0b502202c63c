// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* ptrace, with its requests in the portable encoding. */
#include "../store/call.h"

/* First byte of a DYN parameter: which kind of value follows. */
enum { DYN_NUMBER = 0, DYN_SIGNAL = 1 };

#define REQUESTS     34
#define OPTIONS_BASE 0x4200
#define OPTIONS	     12

/* By the kernel's number; 0 is unknown. */
static const u8 portable_requests[REQUESTS] = {
    1,	2,  3,	4, 5,  6, 7, 8,	 9,  10, 0, 0, 26, 27, 28, 29, 11,
    12, 30, 31, 0, 32, 0, 0, 13, 33, 34, 0, 0, 0,  35, 36, 37, 38,
};

static __always_inline u16 ptrace__portable(u64 request)
{
	barrier_var(request);
	if (request < REQUESTS)
		return portable_requests[request];
	/* From SETOPTIONS on the order is the same. */
	if (request >= OPTIONS_BASE && request < OPTIONS_BASE + OPTIONS)
		return 14 + (request - OPTIONS_BASE);
	return 0;
}

/* Requests that continue the tracee: data is the signal to deliver. */
static __always_inline bool ptrace__delivers(u16 portable)
{
	return portable == 8 || portable == 10 || portable == 12 || portable == 13 ||
	       (portable >= 36 && portable <= 38);
}

static __always_inline void ptrace__store_value(struct scratch *s, u64 value, bool is_signal)
{
	u8 kind = is_signal ? DYN_SIGNAL : DYN_NUMBER;
	u8 sig = value;

	store__open(s);
	store__append(s, &kind, sizeof(kind));
	if (is_signal)
		store__append(s, &sig, sizeof(sig));
	else
		store__append(s, &value, sizeof(value));
	store__close(s);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(ptrace_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	u16 request;

	if (!s)
		return 0;
	request = ptrace__portable(s->args[0]);
	store__s64(s, ret);
	ptrace__store_value(s, s->args[2], false);
	ptrace__store_value(s, s->args[3], ptrace__delivers(request));
	store__u16(s, request);
	store__s64(s, (s32)s->args[1]);
	call__end(s, NULL);
	return 0;
}
