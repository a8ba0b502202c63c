// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Socket names in the .scap encoding: the client's end first, then the server's. */
#pragma once
#include "params.h"
#include "../extract/socket.h"

struct tuple4 {
	u8 family;
	u32 source;
	u16 source_port;
	u32 destination;
	u16 destination_port;
} __attribute__((packed));

struct tuple6 {
	u8 family;
	struct in6_addr source;
	u16 source_port;
	struct in6_addr destination;
	u16 destination_port;
} __attribute__((packed));

struct tuple_unix {
	u8 family;
	u64 source;
	u64 destination;
} __attribute__((packed));

/* The path a unix socket is bound to; an abstract one starts with a NUL in the kernel, '@' here. */
static __always_inline void store__append_unix_path(struct scratch *s, struct sock *sk)
{
	struct unix_address *addr = BPF_CORE_READ((struct unix_sock *)sk, addr);
	s64 at = store__room(s, 128);
	long n;

	if (at < 0)
		return;
	s->record[at] = 0;
	n = 1;
	if (addr) {
		const char *from = (const char *)&addr->name[0].sun_path;
		char first = 0;

		bpf_probe_read_kernel(&first, 1, from);
		if (first) {
			n = bpf_probe_read_kernel_str(&s->record[at], 109, from);
		} else {
			n = bpf_probe_read_kernel_str(&s->record[at + 1], 108, from + 1);
			s->record[at] = '@';
			n = n < 0 ? 1 : n + 1;
		}
	}
	if (n > 0)
		s->at = at + n;
}

/* As seen by a client our own end is the source; a server sees itself as the destination. */
static __always_inline void store__append_tuple(struct scratch *s, struct sock *sk, u32 role)
{
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	u16 own_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	u16 peer_port = __builtin_bswap16(BPF_CORE_READ(sk, __sk_common.skc_dport));
	bool server = role == FD_ROLE_SERVER;

	if (family == AF_INET) {
		u32 own = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
		u32 peer = BPF_CORE_READ(sk, __sk_common.skc_daddr);
		struct tuple4 t = {
			.family = AF_INET,
			.source = server ? peer : own,
			.source_port = server ? peer_port : own_port,
			.destination = server ? own : peer,
			.destination_port = server ? own_port : peer_port,
		};

		store__append(s, &t, sizeof(t));
	} else if (family == AF_INET6) {
		struct tuple6 t = {
			.family = AF_INET6,
			.source_port = server ? peer_port : own_port,
			.destination_port = server ? own_port : peer_port,
		};

		bpf_core_read(server ? &t.destination : &t.source, sizeof(t.source),
			      &sk->__sk_common.skc_v6_rcv_saddr);
		bpf_core_read(server ? &t.source : &t.destination, sizeof(t.source),
			      &sk->__sk_common.skc_v6_daddr);
		store__append(s, &t, sizeof(t));
	} else if (family == AF_UNIX) {
		struct sock *peer = BPF_CORE_READ((struct unix_sock *)sk, peer);
		struct tuple_unix t = {
			.family = AF_UNIX,
			.source = (u64)(server ? peer : sk),
			.destination = (u64)(server ? sk : peer),
		};

		store__append(s, &t, sizeof(t));
		/* Only the server's end usually has a name: ours, or else the peer's. */
		store__append_unix_path(s, BPF_CORE_READ((struct unix_sock *)sk, addr) ? sk : peer);
	}
}
