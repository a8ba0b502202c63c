// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Where the parts of a message lie in the caller's memory, for every call that moves one. */
#pragma once
#include "syscall.h"

struct message {
	u64 data;
	u64 data_length; /* of the first piece only */
	u64 size;	 /* of all pieces: what was asked for */
	u64 address;
	u32 address_length;
	u64 control;
	u64 control_length;
};

struct user_msghdr {
	u64 name;
	u32 name_length;
	u32 pad;
	u64 pieces;
	u64 piece_count;
	u64 control;
	u64 control_length;
};

struct user_msghdr32 {
	u32 name;
	u32 name_length;
	u32 pieces;
	u32 piece_count;
	u32 control;
	u32 control_length;
};

struct user_iovec {
	u64 base;
	u64 length;
};

struct user_iovec32 {
	u32 base;
	u32 length;
};

/* More pieces are not summed: hardly anyone sends more. */
#define PIECES_MAX 8

static __always_inline void message__load_pieces(struct message *m, u64 pieces, u64 count,
						 bool ia32)
{
	for (u32 i = 0; i < PIECES_MAX; i++) {
		struct user_iovec piece = {};

		if (i >= count)
			break;
		if (ia32) {
			struct user_iovec32 narrow = {};

			bpf_probe_read_user(&narrow, sizeof(narrow),
					    (void *)(pieces + i * sizeof(narrow)));
			piece.base = narrow.base;
			piece.length = narrow.length;
		} else {
			bpf_probe_read_user(&piece, sizeof(piece),
					    (void *)(pieces + i * sizeof(piece)));
		}
		if (i == 0) {
			m->data = piece.base;
			m->data_length = piece.length;
		}
		m->size += piece.length;
	}
}

static __always_inline void message__load_header(struct message *m, u64 from, bool ia32)
{
	struct user_msghdr h = {};

	if (ia32) {
		struct user_msghdr32 narrow = {};

		bpf_probe_read_user(&narrow, sizeof(narrow), (void *)from);
		h.name = narrow.name;
		h.name_length = narrow.name_length;
		h.pieces = narrow.pieces;
		h.piece_count = narrow.piece_count;
		h.control = narrow.control;
		h.control_length = narrow.control_length;
	} else {
		bpf_probe_read_user(&h, sizeof(h), (void *)from);
	}
	m->address = h.name;
	m->address_length = h.name_length;
	m->control = h.control;
	m->control_length = h.control_length;
	message__load_pieces(m, h.pieces, h.piece_count, ia32);
}

static __always_inline void message__load(struct scratch *s, s64 ret, struct message *m)
{
	switch (s->type) {
	case EVENT_SOCKET_BIND_X:
		m->address = s->args[1];
		m->address_length = s->args[2];
		break;
	case EVENT_SOCKET_SENDTO_X:
		m->address_length = s->args[5];
		m->data = s->args[1];
		m->data_length = m->size = s->args[2];
		m->address = s->args[4];
		break;
	case EVENT_SOCKET_RECVFROM_X:
		m->data = s->args[1];
		m->data_length = m->size = s->args[2];
		/* The kernel wrote the sender's address, and its length. */
		if (ret >= 0 && s->args[4] && s->args[5]) {
			m->address = s->args[4];
			bpf_probe_read_user(&m->address_length, sizeof(m->address_length),
					    (void *)s->args[5]);
		}
		break;
	default:
		message__load_header(m, s->args[1], s->ia32);
	}
}
