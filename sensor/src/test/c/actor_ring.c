/* SPDX-License-Identifier: Apache-2.0 */
/* A scene by io_uring alone: no system call but those of the ring itself. */
#define _GNU_SOURCE
#include "actor.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
	int fd;
	unsigned *sq_tail, *sq_mask, *sq_array, *cq_head, *cq_mask;
	struct io_uring_sqe *sqes;
	struct io_uring_cqe *cqes;
} ring;

static void *map(size_t size, off_t what)
{
	void *at =
	    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring.fd, what);

	check("mmap", at == MAP_FAILED ? -1 : 0);
	return at;
}

static void open_ring(void)
{
	struct io_uring_params p = {0};
	char *sq, *cq;

	ring.fd = syscall(SYS_io_uring_setup, 4, &p);
	check("io_uring_setup", ring.fd);
	sq = map(p.sq_off.array + p.sq_entries * sizeof(unsigned), IORING_OFF_SQ_RING);
	cq = map(p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
	ring.sqes = map(p.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
	ring.sq_tail = (unsigned *)(sq + p.sq_off.tail);
	ring.sq_mask = (unsigned *)(sq + p.sq_off.ring_mask);
	ring.sq_array = (unsigned *)(sq + p.sq_off.array);
	ring.cq_head = (unsigned *)(cq + p.cq_off.head);
	ring.cq_mask = (unsigned *)(cq + p.cq_off.ring_mask);
	ring.cqes = (struct io_uring_cqe *)(cq + p.cq_off.cqes);
}

/* One request and its result. */
static long request(struct io_uring_sqe sqe)
{
	unsigned tail = *ring.sq_tail, index = tail & *ring.sq_mask;
	long result;

	ring.sqes[index] = sqe;
	ring.sq_array[index] = index;
	__atomic_store_n(ring.sq_tail, tail + 1, __ATOMIC_RELEASE);
	check("enter", syscall(SYS_io_uring_enter, ring.fd, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0));
	result = ring.cqes[*ring.cq_head & *ring.cq_mask].res;
	__atomic_store_n(ring.cq_head, *ring.cq_head + 1, __ATOMIC_RELEASE);
	return result;
}

#define REQUEST(code, directory, ...)                                                              \
	request((struct io_uring_sqe){.opcode = (code), .fd = (directory), __VA_ARGS__})
#define POINTER(p) ((uintptr_t)(p))

void scene_requests(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	int dir = open(".", O_RDONLY | O_DIRECTORY), listener;
	socklen_t length = sizeof(to);
	struct stat st;
	long client;

	open_ring();
	say("dir", dir);
	say("opened", REQUEST(IORING_OP_OPENAT, dir, .addr = POINTER("made"), .len = 0640,
			      .open_flags = O_CREAT | O_WRONLY));
	check("stat", stat("made", &st));
	say("ino", st.st_ino);
	say("dev", st.st_dev);
	say("missing", REQUEST(IORING_OP_OPENAT, AT_FDCWD, .addr = POINTER("no/such")));
	check("mkdir",
	      REQUEST(IORING_OP_MKDIRAT, AT_FDCWD, .addr = POINTER("folder"), .len = 0700));
	check("rename", REQUEST(IORING_OP_RENAMEAT, dir, .addr = POINTER("made"), .len = AT_FDCWD,
				.addr2 = POINTER("renamed")));
	check("link", REQUEST(IORING_OP_LINKAT, AT_FDCWD, .addr = POINTER("renamed"), .len = dir,
			      .addr2 = POINTER("linked")));
	check("symlink", REQUEST(IORING_OP_SYMLINKAT, dir, .addr = POINTER("/target"),
				 .addr2 = POINTER("soft")));
	check("unlink", REQUEST(IORING_OP_UNLINKAT, AT_FDCWD, .addr = POINTER("linked")));
	listener = socket(AF_INET, SOCK_STREAM, 0);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check("bind", bind(listener, (void *)&to, sizeof(to)));
	check("listen", listen(listener, 1));
	getsockname(listener, (void *)&to, &length);
	say("port", ntohs(to.sin_port));
	client = REQUEST(IORING_OP_SOCKET, AF_INET, .off = SOCK_STREAM);
	check("socket", client);
	say("client", client);
	check("connect",
	      REQUEST(IORING_OP_CONNECT, client, .addr = POINTER(&to), .off = sizeof(to)));
	getsockname(client, (void *)&to, &length);
	say("client-port", ntohs(to.sin_port));
	say("accepted", REQUEST(IORING_OP_ACCEPT, listener));
	say("sent", REQUEST(IORING_OP_SEND, client, .addr = POINTER("hello"), .len = 5));
}
