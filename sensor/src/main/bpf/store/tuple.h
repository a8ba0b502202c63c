// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Socket names in the .scap encoding: the client's end first, then the server's. */
#pragma once
#include "params.h"
#include "../extract/socket.h"

struct ip6 {
	u8 bytes[16];
};

struct tuple4 {
	u8 family;
	u32 source;
	u16 source_port;
	u32 destination;
	u16 destination_port;
} __attribute__((packed));

struct tuple6 {
	u8 family;
	struct ip6 source;
	u16 source_port;
	struct ip6 destination;
	u16 destination_port;
} __attribute__((packed));

struct tuple_unix {
	u8 family;
	u64 source;
	u64 destination;
} __attribute__((packed));

#define UNIX_PATH_BYTES 108

/*
 * A unix socket's path of that many bytes in kernel memory; NUL-terminated in
 * the record. An abstract one starts with a NUL, here with '@'.
 */
static __always_inline void store__append_socket_path(struct scratch *s, const char *from,
						      u32 bytes)
{
	s64 at = store__room(s, UNIX_PATH_BYTES + 2);
	u64 n = bytes;

	barrier_var(n);
	if (at < 0)
		return;
	if (n > UNIX_PATH_BYTES)
		n = UNIX_PATH_BYTES;
	if (n == 0 || bpf_probe_read_kernel(&s->record[at], n, from)) {
		s->record[at] = 0;
		s->at = at + 1;
		return;
	}
	s->record[at + n] = 0;
	if (s->record[at] == 0 && n > 1) {
		s->record[at] = '@';
		s->at = at + n + 1;
		return;
	}
	/* A path ends at its NUL, whatever length was given. */
	n = bpf_probe_read_kernel_str(&s->record[at], n + 1, &s->record[at]);
	s->at = at + (n & 0xff);
}

/* The name of a unix socket: its own, or else its peer's, or else what the caller asked for. */
static __always_inline void store__append_unix_name(struct scratch *s, struct sock *own,
						    struct sock *peer)
{
	struct unix_address *address = BPF_CORE_READ((struct unix_sock *)own, addr);
	const char *path = (const char *)&s->address[2];
	s32 bytes = 0;

	if (!address)
		address = BPF_CORE_READ((struct unix_sock *)peer, addr);
	if (address) {
		path = (const char *)&address->name[0].sun_path;
		bytes = BPF_CORE_READ(address, len) - (s32)sizeof(u16);
	} else if (s->address_length && *(u16 *)s->address == AF_UNIX) {
		bytes = s->address_length - sizeof(u16);
	}
	store__append_socket_path(s, path, bytes < 0 ? 0 : bytes);
}

static __always_inline void store__append_unix(struct scratch *s, struct sock *own, bool server)
{
	struct sock *peer = BPF_CORE_READ((struct unix_sock *)own, peer);
	struct tuple_unix t = {
	    .family = AF_UNIX,
	    .source = (u64)(server ? peer : own),
	    .destination = (u64)(server ? own : peer),
	};

	store__append(s, &t, sizeof(t));
	store__append_unix_name(s, own, peer);
}

/* The two ends of an internet socket, without regard to which is the client's. */
struct ends {
	struct ip6 own;
	struct ip6 peer;
	u16 own_port;
	u16 peer_port;
	u16 family;
};

static __always_inline void socket__ends(struct sock *sk, struct ends *e)
{
	__builtin_memset(e, 0, sizeof(*e));
	e->family = BPF_CORE_READ(sk, __sk_common.skc_family);
	e->own_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	e->peer_port = __builtin_bswap16(BPF_CORE_READ(sk, __sk_common.skc_dport));
	if (e->family == AF_INET) {
		bpf_core_read(&e->own, 4, &sk->__sk_common.skc_rcv_saddr);
		bpf_core_read(&e->peer, 4, &sk->__sk_common.skc_daddr);
	} else if (e->family == AF_INET6) {
		bpf_core_read(&e->own, 16, &sk->__sk_common.skc_v6_rcv_saddr);
		bpf_core_read(&e->peer, 16, &sk->__sk_common.skc_v6_daddr);
	}
}

static __always_inline void store__append_ends(struct scratch *s, struct ends *e, bool server)
{
	struct ip6 *source = server ? &e->peer : &e->own;
	struct ip6 *destination = server ? &e->own : &e->peer;
	u16 source_port = server ? e->peer_port : e->own_port;
	u16 destination_port = server ? e->own_port : e->peer_port;

	if (e->family == AF_INET) {
		struct tuple4 t = {
		    .family = AF_INET,
		    .source_port = source_port,
		    .destination_port = destination_port,
		};

		__builtin_memcpy(&t.source, source, sizeof(t.source));
		__builtin_memcpy(&t.destination, destination, sizeof(t.destination));
		store__append(s, &t, sizeof(t));
	} else if (e->family == AF_INET6) {
		struct tuple6 t = {
		    .family = AF_INET6,
		    .source_port = source_port,
		    .destination_port = destination_port,
		};

		__builtin_memcpy(&t.source, source, sizeof(t.source));
		__builtin_memcpy(&t.destination, destination, sizeof(t.destination));
		store__append(s, &t, sizeof(t));
	}
}

static __always_inline void store__append_tuple(struct scratch *s, struct sock *sk, u32 role)
{
	bool server = role == FD_ROLE_SERVER;
	struct ends ends;

	if (BPF_CORE_READ(sk, __sk_common.skc_family) == AF_UNIX)
		return store__append_unix(s, sk, server);
	socket__ends(sk, &ends);
	store__append_ends(s, &ends, server);
}
