// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/*
 * Known ways around rules that go by what a caller says, in one static program: the first argument
 * says which. It exits with 0 when the deed was done, 77 when this kernel does not offer the way.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <net/ethernet.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define UNAVAILABLE 77

static void die(const char *what)
{
	int unavailable = errno == ENOSYS || errno == EOPNOTSUPP;

	perror(what);
	exit(unavailable ? UNAVAILABLE : 111);
}

static int must(int result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

static void cat(const char *file)
{
	execl("/bin/cat", "cat", file, NULL);
	die("cat");
}

static void wait_for(pid_t pid)
{
	int status;

	must(waitpid(pid, &status, __WALL), "waitpid");
}

/* A directory fd that is gone and taken by another before anyone looks it up. */
static void dirfd_gone(const char *directory, const char *name)
{
	int dir = must(open(directory, O_PATH | O_DIRECTORY), directory);
	int other = must(open("/tmp", O_PATH | O_DIRECTORY), "/tmp");

	must(openat(dir, name, O_RDONLY), name);
	dup2(other, dir);
}

static char moving[256];
static const char *first, *second;
static atomic_int done;

static void *rewrite(void *unused)
{
	(void)unused;
	while (!done) {
		strcpy(moving, first);
		strcpy(moving, second);
	}
	return NULL;
}

/* open COUNT times a path that another thread rewrites; prints how often it was really FILE. */
static void rewritten(const char *file, const char *harmless, int count)
{
	struct stat wanted, got;
	pthread_t thread;
	int hits = 0;

	first = file;
	second = harmless;
	strcpy(moving, file);
	must(stat(file, &wanted), file);
	pthread_create(&thread, NULL, rewrite, NULL);
	for (int i = 0; i < count; i++) {
		int fd = open(moving, O_RDONLY);

		if (fd >= 0 && !fstat(fd, &got) && got.st_ino == wanted.st_ino)
			hits++;
		close(fd);
		sched_yield();
	}
	done = 1;
	pthread_join(thread, NULL);
	printf("%d\n", hits);
}

static void by_handle(const char *file, const char *directory)
{
	struct {
		struct file_handle head;
		unsigned char bytes[128];
	} handle = {.head.handle_bytes = 128};
	int mount, root = must(open(directory, O_RDONLY | O_DIRECTORY), directory);

	must(name_to_handle_at(AT_FDCWD, file, &handle.head, &mount, 0), "name_to_handle_at");
	must(open_by_handle_at(root, &handle.head, O_RDONLY), "open_by_handle_at");
}

/* openat by a ring: no system call that opens. */
static void by_ring(const char *file)
{
	struct io_uring_params p = {};
	int ring = must(syscall(SYS_io_uring_setup, 4, &p), "io_uring_setup");
	char *sq = mmap(NULL, p.sq_off.array + p.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED,
			ring, IORING_OFF_SQ_RING);
	struct io_uring_sqe *sqe = mmap(NULL, p.sq_entries * sizeof(*sqe), PROT_READ | PROT_WRITE,
					MAP_SHARED, ring, IORING_OFF_SQES);

	if (sq == MAP_FAILED || (void *)sqe == MAP_FAILED)
		die("mmap");
	memset(sqe, 0, sizeof(*sqe));
	sqe->opcode = IORING_OP_OPENAT;
	sqe->fd = AT_FDCWD;
	sqe->addr = (unsigned long)file;
	sqe->open_flags = O_RDONLY;
	*(unsigned *)(sq + p.sq_off.array) = 0;
	atomic_thread_fence(memory_order_seq_cst);
	*(unsigned *)(sq + p.sq_off.tail) = 1;
	must(syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0),
	     "io_uring_enter");
}

static void copy(const char *from, int to)
{
	int fd = must(open(from, O_RDONLY), from);
	struct stat st;

	fstat(fd, &st);
	while (st.st_size > 0)
		st.st_size -= must(sendfile(to, fd, NULL, st.st_size), "sendfile");
	close(fd);
}

/* Write, execute and delete, with no time between. */
static void drop(const char *file)
{
	int fd = must(open(file, O_WRONLY | O_CREAT | O_TRUNC, 0700), file);
	pid_t pid;

	copy("/proc/self/exe", fd);
	close(fd);
	pid = vfork();
	if (pid == 0) {
		execl(file, "leaf", "dropped", NULL);
		_exit(111);
	}
	unlink(file);
	wait_for(pid);
}

/* Execute a file that has no name any more. */
static void nameless(const char *directory)
{
	int fd = open(directory, O_TMPFILE | O_RDWR, 0700);
	char path[64];
	int readable;

	must(fd, "O_TMPFILE");
	copy("/proc/self/exe", fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	readable = must(open(path, O_RDONLY), path);
	close(fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", readable);
	execl(path, "leaf", "nameless", NULL);
	die(path);
}

static int child_cats(void *file)
{
	cat(file);
	return 111;
}

/* A child that is given to our own parent. */
static void given_away(const char *file)
{
	static char stack[65536];

	must(clone(child_cats, stack + sizeof(stack), CLONE_PARENT | SIGCHLD, (void *)file),
	     "clone");
	usleep(300000);
}

/* A grandchild whose parent is gone. */
static void orphan(const char *file)
{
	pid_t pid = fork();

	if (pid == 0) {
		setsid();
		if (fork() == 0) {
			usleep(100000);
			cat(file);
		}
		_exit(0);
	}
	wait_for(pid);
	usleep(400000);
}

static pid_t sleeper(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		pause();
		_exit(0);
	}
	return pid;
}

static void inject(const char *how)
{
	static char target[8] = "before", bytes[8] = "after";
	struct iovec from = {bytes, 8}, to = {target, 8};
	pid_t pid = sleeper();
	char path[64];

	if (!strcmp(how, "ptrace")) {
		must(ptrace(PTRACE_ATTACH, pid, 0, 0), how);
		wait_for(pid);
		must(ptrace(PTRACE_POKEDATA, pid, target, 1L), how);
		ptrace(PTRACE_DETACH, pid, 0, 0);
	} else if (!strcmp(how, "process_vm_writev")) {
		must(process_vm_writev(pid, &from, 1, &to, 1, 0), how);
	} else {
		int fd;

		snprintf(path, sizeof(path), "/proc/%d/mem", pid);
		fd = must(open(path, O_RDWR), path);
		must(pwrite(fd, bytes, 8, (off_t)target), path);
	}
	kill(pid, SIGKILL);
	wait_for(pid);
}

static void reach_mapped(const char *port)
{
	struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(atoi(port))};

	inet_pton(AF_INET6, "::ffff:127.0.0.1", &to.sin6_addr);
	connect(must(socket(AF_INET6, SOCK_DGRAM, 0), "socket"), (void *)&to, sizeof(to));
}

/* A shell whose standard input is a connection, without any dup: the lowest number was free. */
static void socket_shell(const char *mark)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(at);
	int listener = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
	char line[64];

	must(bind(listener, (void *)&at, length), "bind");
	must(listen(listener, 1), "listen");
	must(getsockname(listener, (void *)&at, &length), "getsockname");
	if (fork() == 0) {
		must(connect(must(socket(AF_INET, SOCK_STREAM, 0), "socket"), (void *)&at, length),
		     "connect");
		sleep(1);
		_exit(0);
	}
	close(0);
	if (accept(listener, NULL, NULL) != 0)
		die("descriptor 0 was not free");
	snprintf(line, sizeof(line), "true %s", mark);
	execl("/bin/sh", "sh", "-c", line, NULL);
	die("sh");
}

static void reach_abstract(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "\0evasion"};
	socklen_t length = offsetof(struct sockaddr_un, sun_path) + 8;
	int listener = must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");

	must(bind(listener, (void *)&at, length), "bind");
	must(listen(listener, 1), "listen");
	must(connect(must(socket(AF_UNIX, SOCK_STREAM, 0), "socket"), (void *)&at, length),
	     "connect");
}

/* More sockets than any map of the agent has room for. */
static void exhaust(int count)
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	for (int i = 0; i < count; i++) {
		int fd = must(socket(AF_INET, SOCK_DGRAM, 0), "socket");

		must(connect(fd, (void *)&to, sizeof(to)), "connect");
		close(fd);
	}
}

/* Deeper than a path may be long. */
static void deep(const char *name)
{
	char part[101] = {};

	memset(part, 'd', 100);
	must(chdir("/tmp"), "/tmp");
	for (int i = 0; i < 50; i++) {
		mkdir(part, 0700);
		must(chdir(part), part);
	}
	must(open(name, O_WRONLY | O_CREAT, 0600), name);
}

/* In a time namespace whose clocks are years ahead. */
static void other_time(const char *file)
{
	int fd;

	must(unshare(CLONE_NEWTIME), "unshare");
	fd = must(open("/proc/self/timens_offsets", O_WRONLY), "timens_offsets");
	must(write(fd, "boottime 100000000 0\n", 21), "timens_offsets");
	close(fd);
	if (fork() == 0)
		cat(file);
	wait(NULL);
}

static void as_user(const char *file, int uid)
{
	must(setresuid(uid, uid, uid), "setresuid");
	open(file, O_RDONLY);
}

/* Root in a namespace of its own, nobody outside. */
static void as_root_of_a_namespace(const char *file)
{
	int fd;

	must(setresgid(1000, 1000, 1000), "setresgid");
	must(setresuid(1000, 1000, 1000), "setresuid");
	must(prctl(PR_SET_DUMPABLE, 1), "dumpable");
	must(unshare(CLONE_NEWUSER), "unshare");
	fd = must(open("/proc/self/uid_map", O_WRONLY), "uid_map");
	must(write(fd, "0 1000 1", 8), "uid_map");
	close(fd);
	must(open(file, O_RDONLY), file);
}

/* By the numbers of x32. */
static void by_x32(const char *file)
{
	must(syscall(0x40000000 | SYS_open, file, O_RDONLY, 0), "x32 open");
}

static void load_module(void)
{
	int fd = must(memfd_create("module", 0), "memfd");

	must(write(fd, "\177ELF", 4), "write");
	/* Refused in a container; asking is the deed. */
	syscall(SYS_finit_module, fd, "", 0);
}

static void use_bpf(void)
{
	union bpf_attr attr = {};

	/* Refused without the capability; asking is the deed. */
	syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "", *a = argc > 2 ? argv[2] : "";
	const char *b = argc > 3 ? argv[3] : "";

	if (!strcmp(argv[0], "leaf"))
		return 0;
	if (!strcmp(what, "dirfd-gone"))
		dirfd_gone(a, b);
	else if (!strcmp(what, "rewritten"))
		rewritten(a, b, atoi(argv[4]));
	else if (!strcmp(what, "by-handle"))
		by_handle(a, b);
	else if (!strcmp(what, "by-ring"))
		by_ring(a);
	else if (!strcmp(what, "drop"))
		drop(a);
	else if (!strcmp(what, "nameless"))
		nameless(a);
	else if (!strcmp(what, "given-away"))
		given_away(a);
	else if (!strcmp(what, "orphan"))
		orphan(a);
	else if (!strcmp(what, "inject"))
		inject(a);
	else if (!strcmp(what, "renamed")) {
		prctl(PR_SET_NAME, b);
		must(open(a, O_RDONLY), a);
	} else if (!strcmp(what, "mapped"))
		reach_mapped(a);
	else if (!strcmp(what, "socket-shell"))
		socket_shell(a);
	else if (!strcmp(what, "abstract"))
		reach_abstract();
	else if (!strcmp(what, "packet"))
		must(socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), "packet");
	else if (!strcmp(what, "exhaust"))
		exhaust(atoi(a));
	else if (!strcmp(what, "deep"))
		deep(a);
	else if (!strcmp(what, "other-time"))
		other_time(a);
	else if (!strcmp(what, "as-user"))
		as_user(a, atoi(b));
	else if (!strcmp(what, "as-root-of-a-namespace"))
		as_root_of_a_namespace(a);
	else if (!strcmp(what, "by-x32"))
		by_x32(a);
	else if (!strcmp(what, "module"))
		load_module();
	else if (!strcmp(what, "bpf"))
		use_bpf();
	else
		return 2;
	return 0;
}
