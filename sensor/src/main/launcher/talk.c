// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "sys.h"
#include "keeper.h"

struct address {
	__u16 family;
	char path[108];
};

int talk__connect(const char *path)
{
	struct address address = {.family = AF_UNIX};
	int fd;
	long error;

	if (text__length(path) >= sizeof(address.path))
		return -ENAMETOOLONG;
	text__append(address.path, 0, sizeof(address.path), path);
	fd = SYS(socket, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, 0, 0);
	if (fd < 0)
		return fd;
	error = SYS(connect, fd, &address, sizeof(address), 0, 0);
	if (error) {
		SYS(close, fd, 0, 0, 0, 0);
		return error;
	}
	return fd;
}

long talk__send(int socket, struct talk *t, const char *texts, usize length, int fd)
{
	struct passed_fd passed = {
	    .length = sizeof(passed) - sizeof(passed.padding),
	    .level = SOL_SOCKET,
	    .type = SCM_RIGHTS,
	    .fd = fd,
	};
	struct iovec pieces[2] = {{t, sizeof(*t)}, {(void *)texts, length}};
	struct message message = {
	    .pieces = pieces,
	    .piece_count = length ? 2 : 1,
	    .control = fd < 0 ? 0 : &passed,
	    .control_length = fd < 0 ? 0 : sizeof(passed),
	};
	long sent;

	t->magic = TALK_MAGIC;
	t->version = TALK_VERSION;
	do
		sent = SYS(sendmsg, socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT, 0, 0);
	while (sent == -EINTR);
	return sent < 0 ? sent : 0;
}
