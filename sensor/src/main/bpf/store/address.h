// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The sockaddr that a caller gave, in the .scap encoding. */
#pragma once
#include "tuple.h"

/* Copies the caller's sockaddr into s->address; length 0 when there is none. */
static __always_inline void address__load(struct scratch *s, u64 from, u32 length)
{
	u64 n = length;

	__builtin_memset(s->address, 0, sizeof(s->address));
	s->address_length = 0;
	barrier_var(n);
	if (n > ADDRESS_BYTES - 1)
		n = ADDRESS_BYTES - 1;
	if (!from || n < sizeof(u16) || bpf_probe_read_user(s->address, n, (void *)from))
		return;
	s->address_length = n;
}

static __always_inline u16 address__family(struct scratch *s)
{
	return s->address_length ? *(u16 *)s->address : 0;
}

static __always_inline u16 address__port(struct scratch *s)
{
	return __builtin_bswap16(*(u16 *)&s->address[2]);
}

struct address4 {
	u8 family;
	u32 address;
	u16 port;
} __attribute__((packed));

struct address6 {
	u8 family;
	struct ip6 address;
	u16 port;
} __attribute__((packed));

/* A SOCKADDR parameter; empty for families that the format does not know. */
static __always_inline void store__address(struct scratch *s)
{
	u16 family = address__family(s);

	store__open(s);
	if (family == AF_INET) {
		struct address4 a = {
		    .family = AF_INET,
		    .address = *(u32 *)&s->address[4],
		    .port = address__port(s),
		};

		store__append(s, &a, sizeof(a));
	} else if (family == AF_INET6) {
		struct address6 a = {.family = AF_INET6, .port = address__port(s)};

		__builtin_memcpy(&a.address, &s->address[8], sizeof(a.address));
		store__append(s, &a, sizeof(a));
	} else if (family == AF_UNIX) {
		u8 code = AF_UNIX;

		store__append(s, &code, sizeof(code));
		store__append_socket_path(s, (const char *)&s->address[2],
					  s->address_length - sizeof(u16));
	}
	store__close(s);
}
