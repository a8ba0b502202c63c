// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* connect, accept, accept4: what decides which end of a connection a socket is. */
#include "../store/call.h"
#include "../store/address.h"

#define EINPROGRESS 115

SEC("tp_btf/sys_exit")
int BPF_PROG(connect_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	bool goes = ret == 0 || ret == -EINPROGRESS;
	struct sock *sk = NULL;
	struct file *f;

	if (!s)
		return 0;
	f = file__of_fd(s->args[0]);
	if (f)
		sk = socket__of_file(f, file__view(s, f));
	if (sk)
		socket__remember_role(&s->view, FD_ROLE_CLIENT);
	address__load(s, s->args[1], s->args[2]);
	store__s64(s, ret);
	store__open(s);
	if (sk && goes)
		store__append_tuple(s, sk, FD_ROLE_CLIENT);
	store__close(s);
	store__s64(s, (s32)s->args[0]);
	store__address(s);
	call__end(s, f);
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(accept_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	struct sock *sk = NULL, *listener = NULL;
	struct file *f, *from;
	u32 queued = 0, most = 0;

	if (!s)
		return 0;
	from = file__of_fd(s->args[0]);
	if (from)
		listener = socket__of_file(from, file__view(s, from));
	f = ret >= 0 ? file__of_fd(ret) : NULL;
	if (f)
		sk = socket__of_file(f, file__view(s, f));
	if (sk)
		socket__remember_role(&s->view, FD_ROLE_SERVER);
	if (listener) {
		queued = BPF_CORE_READ(listener, sk_ack_backlog);
		most = BPF_CORE_READ(listener, sk_max_ack_backlog);
	}
	store__s64(s, ret);
	store__open(s);
	if (sk)
		store__append_tuple(s, sk, FD_ROLE_SERVER);
	store__close(s);
	store__u8(s, most ? (u64)queued * 100 / most : 0);
	store__u32(s, queued);
	store__u32(s, most);
	if (s->type == EVENT_SOCKET_ACCEPT4_6_X)
		store__u32(s, s->args[3]);
	call__end(s, f);
	return 0;
}
