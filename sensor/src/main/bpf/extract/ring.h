// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What a request to io_uring asks for, in the words of the system call that does the same. */
#pragma once
#include "../base/kernel_ring.h"
#include "../base/scratch.h"

/* Numbers of the kernel's interface. */
enum ring_operation {
	RING_SENDMSG = 9,
	RING_ACCEPT = 13,
	RING_CONNECT = 16,
	RING_OPENAT = 18,
	RING_SEND = 26,
	RING_OPENAT2 = 28,
	RING_RENAMEAT = 35,
	RING_UNLINKAT = 36,
	RING_MKDIRAT = 37,
	RING_SYMLINKAT = 38,
	RING_LINKAT = 39,
	RING_SOCKET = 45,
};

/* The call whose event is told; 0 for what is not told. */
static __always_inline u32 ring__call(u32 operation)
{
	switch (operation) {
	case RING_SENDMSG:
	case RING_SEND:
		return 44; /* sendto */
	case RING_ACCEPT:
		return 288; /* accept4 */
	case RING_CONNECT:
		return 42;
	case RING_OPENAT:
	case RING_OPENAT2:
		return 257; /* openat */
	case RING_RENAMEAT:
		return 316; /* renameat2 */
	case RING_UNLINKAT:
		return 263;
	case RING_MKDIRAT:
		return 258;
	case RING_SYMLINKAT:
		return 266;
	case RING_LINKAT:
		return 265;
	case RING_SOCKET:
		return 41;
	}
	return 0;
}

static __always_inline u32 ring__event_type(u32 operation)
{
	u32 call = ring__call(operation);

	return call ? config.native[call & (SYSCALLS - 1)] : 0;
}

static __always_inline void ring__read_name(char *into, struct filename *name)
{
	const char *text = BPF_CORE_READ(name, name);

	if (bpf_probe_read_kernel_str(into, RING_PATH_BYTES, text) <= 0)
		into[0] = 0;
}

static __always_inline void ring__load_open(struct ring_request *r, void *command)
{
	struct io_open *open = command;

	r->from_dir = BPF_CORE_READ(open, dfd);
	r->flags = BPF_CORE_READ(open, how.flags);
	r->mode = BPF_CORE_READ(open, how.mode);
	ring__read_name(r->from, BPF_CORE_READ(open, filename));
}

static __always_inline void ring__load_two(struct ring_request *r, void *command)
{
	/* io_rename and io_link are laid out alike by chance: each is read as what it is. */
	struct io_rename *rename = command;
	struct io_link *link = command;

	if (r->operation == RING_RENAMEAT) {
		r->from_dir = BPF_CORE_READ(rename, old_dfd);
		r->to_dir = BPF_CORE_READ(rename, new_dfd);
		r->flags = BPF_CORE_READ(rename, flags);
		ring__read_name(r->from, BPF_CORE_READ(rename, oldpath));
		ring__read_name(r->to, BPF_CORE_READ(rename, newpath));
		return;
	}
	r->from_dir = BPF_CORE_READ(link, old_dfd);
	r->to_dir = BPF_CORE_READ(link, new_dfd);
	r->flags = BPF_CORE_READ(link, flags);
	ring__read_name(r->from, BPF_CORE_READ(link, oldpath));
	ring__read_name(r->to, BPF_CORE_READ(link, newpath));
}

static __always_inline void ring__load(struct ring_request *r, struct io_kiocb *req)
{
	struct io_unlink *unlink = (void *)req;
	struct io_socket *socket = (void *)req;
	struct io_mkdir *mkdir = (void *)req;

	r->fd = BPF_CORE_READ(req, cqe.fd);
	switch (r->operation) {
	case RING_OPENAT:
	case RING_OPENAT2:
		ring__load_open(r, req);
		break;
	case RING_RENAMEAT:
	case RING_LINKAT:
	case RING_SYMLINKAT:
		ring__load_two(r, req);
		break;
	case RING_UNLINKAT:
		r->from_dir = BPF_CORE_READ(unlink, dfd);
		r->flags = BPF_CORE_READ(unlink, flags);
		ring__read_name(r->from, BPF_CORE_READ(unlink, filename));
		break;
	case RING_MKDIRAT:
		r->from_dir = BPF_CORE_READ(mkdir, dfd);
		r->mode = BPF_CORE_READ(mkdir, mode);
		ring__read_name(r->from, BPF_CORE_READ(mkdir, filename));
		break;
	case RING_SOCKET:
		r->from_dir = BPF_CORE_READ(socket, domain);
		r->flags = BPF_CORE_READ(socket, type);
		r->mode = BPF_CORE_READ(socket, protocol);
		break;
	}
}
