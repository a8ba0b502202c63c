// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Making the two ends of a connection say what they mean. */
#pragma once
#include "address.h"

/* ::ffff:a.b.c.d */
static __always_inline bool in6__is_mapped(struct ip6 *a)
{
	u64 head;
	u32 middle;

	__builtin_memcpy(&head, &a->bytes[0], 8);
	__builtin_memcpy(&middle, &a->bytes[8], 4);
	return head == 0 && middle == 0xffff0000;
}

static __always_inline bool in6__is_any(struct ip6 *a)
{
	u64 half[2];

	__builtin_memcpy(half, a, sizeof(half));
	return half[0] == 0 && half[1] == 0;
}

/* IPv4 spoken through an IPv6 socket is told as what it is. */
static __always_inline void ends__unmap(struct ends *e)
{
	bool own = in6__is_mapped(&e->own);
	bool peer = in6__is_mapped(&e->peer);

	if (e->family != AF_INET6 || !(own || peer))
		return;
	if (!(own || in6__is_any(&e->own)) || !(peer || in6__is_any(&e->peer)))
		return;
	__builtin_memcpy(&e->own.bytes[0], &e->own.bytes[12], 4);
	__builtin_memcpy(&e->peer.bytes[0], &e->peer.bytes[12], 4);
	e->family = AF_INET;
}

/*
 * A failed connect leaves no peer on the socket, a datagram socket need not
 * have one: the address given (or received) tells.
 */
static __always_inline void ends__complete(struct scratch *s, struct ends *e)
{
	if (e->peer_port || address__family(s) != e->family)
		return;
	e->peer_port = address__port(s);
	if (e->family == AF_INET)
		__builtin_memcpy(&e->peer, &s->address[4], 4);
	else if (e->family == AF_INET6)
		__builtin_memcpy(&e->peer, &s->address[8], 16);
}

/* A SOCKTUPLE with the peer that the call names. */
static __always_inline void store__append_completed_tuple(struct scratch *s, struct sock *sk,
							  u32 role)
{
	bool server = role == FD_ROLE_SERVER;
	struct ends ends;

	if (BPF_CORE_READ(sk, __sk_common.skc_family) == AF_UNIX)
		return store__append_unix(s, sk, server);
	socket__ends(sk, &ends);
	ends__complete(s, &ends);
	store__append_ends(s, &ends, server);
}
