// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * sendmmsg, recvmmsg: a record for each message, as each may go elsewhere. The
 * program calls itself for the next one.
 */
#include "../store/call.h"
#include "../extract/message.h"

/* Below the kernel's bound of 33 tail calls; a record that more would follow is marked as cut. */
#define MESSAGES_MAX 30

/* struct mmsghdr: the header, the length that the kernel notes, padding. */
#define MMSGHDR_BYTES	 64
#define MMSGHDR_LENGTH	 56
#define MMSGHDR32_BYTES	 32
#define MMSGHDR32_LENGTH 28

static __always_inline u64 messages__at(struct scratch *s, u32 index)
{
	return s->args[1] + (u64)index * (s->ia32 ? MMSGHDR32_BYTES : MMSGHDR_BYTES);
}

/* What the kernel noted behind the header: the bytes of this message. */
static __always_inline s64 messages__length(struct scratch *s, u64 at)
{
	u32 length = 0;

	at += s->ia32 ? MMSGHDR32_LENGTH : MMSGHDR_LENGTH;
	bpf_probe_read_user(&length, sizeof(length), (void *)at);
	return length;
}

static __always_inline void messages__tell(struct scratch *s, u64 at, s64 result)
{
	struct message m = {};
	struct sock *sk = NULL;
	struct file *f = file__of_fd(s->args[0]);
	u32 role = 0;

	if (f) {
		sk = socket__of_file(f, file__view(s, f));
		role = socket__role(&s->view);
	}
	message__load_header(&m, at, s->ia32);
	address__load(s, m.address, m.address_length);
	store__s64(s, result);
	store__s64(s, (s32)s->args[0]);
	store__u32(s, m.size);
	message__store_data(s, &m, result);
	message__store_tuple(s, sk, role);
	if (s->type == EVENT_SOCKET_RECVMMSG_X)
		store__user_bytes(s, m.control, m.control_length, DATA_BYTES);
	call__end(s, f);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(messages_exit, struct pt_regs *regs, long ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct scratch *s = call__begin();
	u32 index, type;
	u64 at;

	if (!s)
		return 0;
	type = s->type;
	index = s->piece;
	at = messages__at(s, index);
	if (index + 1 < ret && index + 1 >= MESSAGES_MAX)
		s->flags |= CONTEXT_CUT;
	messages__tell(s, at, ret < 0 ? ret : messages__length(s, at));
	if (index + 1 >= ret || index + 1 >= MESSAGES_MAX)
		return 0;
	s = scratch__take(type);
	if (!s)
		return 0;
	s->type = type;
	s->piece = index + 1;
	/* Judged once for all: the first was wanted or not for what all have in common. */
	s->judgement.filtered = 0;
	syscall__load_args(s, t, regs);
	context__fill(&s->context, t);
	ring__begin(s, type, t->pid);
	bpf_tail_call(ctx, &programs, type);
	loss__count(type);
	scratch__give(s);
	return 0;
}
