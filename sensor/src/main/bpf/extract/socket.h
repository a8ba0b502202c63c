// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the kernel knows of a socket. */
#pragma once
#include "file.h"

#define AF_UNIX	   1
#define AF_INET	   2
#define AF_INET6   10
#define AF_NETLINK 16

#define TCP_LISTEN 10

#define IPPROTO_ICMP   1
#define IPPROTO_TCP    6
#define IPPROTO_UDP    17
#define IPPROTO_ICMPV6 58
#define SOCK_RAW       3

/* Protocols in the .scap format's order. */
enum l4proto { L4_UNKNOWN = 0, L4_NA, L4_TCP, L4_UDP, L4_ICMP, L4_RAW };

/* NULL when the file is no socket. */
static __always_inline struct sock *socket__of_file(struct file *f, struct view *v)
{
	struct socket *socket;

	if ((v->mode & S_IFMT) != S_IFSOCK)
		return NULL;
	socket = BPF_CORE_READ(f, private_data);
	return BPF_CORE_READ(socket, sk);
}

static __always_inline u32 socket__kind(struct sock *sk)
{
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	bool listens = BPF_CORE_READ(sk, __sk_common.skc_state) == TCP_LISTEN;

	switch (family) {
	case AF_INET:
		return listens ? FD_KIND_IPV4_SERVSOCK : FD_KIND_IPV4_SOCK;
	case AF_INET6:
		return listens ? FD_KIND_IPV6_SERVSOCK : FD_KIND_IPV6_SOCK;
	case AF_UNIX:
		return FD_KIND_UNIX_SOCK;
	case AF_NETLINK:
		return FD_KIND_NETLINK;
	}
	return FD_KIND_UNSUPPORTED;
}

static __always_inline u32 socket__l4proto(struct sock *sk)
{
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);

	if (family != AF_INET && family != AF_INET6)
		return L4_NA;
	switch (BPF_CORE_READ(sk, sk_protocol)) {
	case IPPROTO_TCP:
		return L4_TCP;
	case IPPROTO_UDP:
		return L4_UDP;
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return L4_ICMP;
	}
	return BPF_CORE_READ(sk, sk_type) == SOCK_RAW ? L4_RAW : L4_UNKNOWN;
}

static __always_inline u32 socket__role(struct view *v)
{
	u64 number = v->number;
	u32 *role = bpf_map_lookup_elem(&roles, &number);

	return role ? *role : FD_ROLE_UNKNOWN;
}

/* Socket inode numbers count up, so that a later socket does not inherit a role. */
static __always_inline void socket__remember_role(struct view *v, u32 role)
{
	u64 number = v->number;

	bpf_map_update_elem(&roles, &number, &role, BPF_ANY);
}
