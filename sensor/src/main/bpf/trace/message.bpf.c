// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* bind, sendto, recvfrom, sendmsg, recvmsg: sockets with an address given or received. */
#include "../store/call.h"
#include "../extract/message.h"

/* First bytes of what was sent or received. */
#define DATA_BYTES 80

static __always_inline void message__store_data(struct scratch *s, struct message *m, s64 ret)
{
	u64 n = ret;

	if (ret <= 0)
		return store__empty(s);
	if (n > m->data_length)
		n = m->data_length;
	if (n > DATA_BYTES)
		n = DATA_BYTES;
	store__user_bytes(s, m->data, n, DATA_BYTES);
}

static __always_inline void message__store_tuple(struct scratch *s, struct sock *sk, u32 role)
{
	store__open(s);
	if (sk)
		store__append_completed_tuple(s, sk, role);
	store__close(s);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(message_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();
	struct sock *sk = NULL;
	struct message m = {};
	struct file *f;
	u32 role = 0;
	s64 fd;

	if (!s)
		return 0;
	fd = (s32)s->args[0];
	f = file__of_fd(fd);
	if (f) {
		sk = socket__of_file(f, file__view(s, f));
		role = socket__role(&s->view);
	}
	message__load(s, ret, &m);
	address__load(s, m.address, m.address_length);
	store__s64(s, ret);
	switch (s->type) {
	case EVENT_SOCKET_BIND_X:
		store__address(s);
		store__s64(s, fd);
		/* The address is the socket's own, not a peer's. */
		s->address_length = 0;
		break;
	case EVENT_SOCKET_RECVFROM_X:
		message__store_data(s, &m, ret);
		message__store_tuple(s, sk, role);
		store__s64(s, fd);
		store__u32(s, m.size);
		break;
	case EVENT_SOCKET_RECVMSG_X:
		store__u32(s, m.size);
		message__store_data(s, &m, ret);
		message__store_tuple(s, sk, role);
		store__user_bytes(s, m.control, m.control_length, DATA_BYTES);
		store__s64(s, fd);
		break;
	default:
		message__store_data(s, &m, ret);
		store__s64(s, fd);
		store__u32(s, m.size);
		message__store_tuple(s, sk, role);
	}
	call__end(s, f);
	return 0;
}
