// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/*
 * What scenarios let happen inside containers, in one static program: the first argument says what.
 * It is no test itself and reports only failures.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void die(const char *what)
{
	perror(what);
	exit(111);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* Wall-clock and CPU seconds since the start, children that ended included. */
static int print_times(double start)
{
	struct rusage self, children;
	double cpu = 0;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	cpu += self.ru_utime.tv_sec + self.ru_utime.tv_usec / 1e6;
	cpu += self.ru_stime.tv_sec + self.ru_stime.tv_usec / 1e6;
	cpu += children.ru_utime.tv_sec + children.ru_utime.tv_usec / 1e6;
	cpu += children.ru_stime.tv_sec + children.ru_stime.tv_usec / 1e6;
	printf("%.6f %.6f\n", now() - start, cpu);
	return 0;
}

/* fork and exec COUNT times, one after another; each child is told its number. */
static int fork_exec(const char *child, long count)
{
	double start = now();
	char number[24];
	long i;

	for (i = 0; i < count; i++) {
		pid_t pid;
		int status;

		snprintf(number, sizeof(number), "%ld", i);
		pid = fork();
		if (pid < 0)
			die("fork");
		if (pid == 0) {
			execl(child, "leaf", number, NULL);
			_exit(111);
		}
		if (waitpid(pid, &status, 0) != pid || status != 0)
			die("child");
	}
	return print_times(start);
}

/* fork COUNT times, one after another; the children do nothing. */
static int fork_storm(long count)
{
	double start = now();

	for (long i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid == 0)
			_exit(0);
		if (waitpid(pid, NULL, 0) != pid)
			die("child");
	}
	return print_times(start);
}

/* fork and exec COUNT times, PAUSE ms apart; each child is told the wall clock just before, in ns.
 */
static int stamped_exec(const char *child, long count, long pause_ms)
{
	struct timespec pause = {pause_ms / 1000, pause_ms % 1000 * 1000000};
	char stamp[24];
	long i;

	for (i = 0; i < count; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (pid == 0) {
			struct timespec t;

			clock_gettime(CLOCK_REALTIME, &t);
			snprintf(stamp, sizeof(stamp), "%ld%09ld", t.tv_sec, t.tv_nsec);
			execl(child, "leaf", stamp, NULL);
			_exit(111);
		}
		waitpid(pid, NULL, 0);
		nanosleep(&pause, NULL);
	}
	return 0;
}

/* open and close FILE COUNT times; before every 1000th also create FILE-mark-N. */
static int open_close(const char *file, long count)
{
	double start = now();
	char mark[256];
	long i;

	for (i = 0; i < count; i++) {
		int fd;

		if (i % 1000 == 0) {
			snprintf(mark, sizeof(mark), "%s-mark-%ld", file, i / 1000);
			fd = open(mark, O_WRONLY | O_CREAT, 0600);
			if (fd < 0)
				die(mark);
			close(fd);
		}
		fd = open(file, O_RDONLY);
		if (fd < 0)
			die(file);
		close(fd);
	}
	return print_times(start);
}

/* open FILE for writing and close it COUNT times. */
static int open_write(const char *file, long count)
{
	long i;

	for (i = 0; i < count; i++) {
		int fd = open(file, O_WRONLY | O_CREAT, 0600);

		if (fd < 0)
			die(file);
		close(fd);
	}
	return 0;
}

/* copy FILE into memory and execute it from there. */
static int run_from_memory(const char *file, char **argv)
{
	int from = open(file, O_RDONLY);
	int memory = memfd_create("payload", MFD_CLOEXEC);
	struct stat st;

	if (from < 0 || memory < 0 || fstat(from, &st))
		die("memfd");
	while (st.st_size > 0) {
		ssize_t n = sendfile(memory, from, NULL, st.st_size);

		if (n <= 0)
			die("sendfile");
		st.st_size -= n;
	}
	fexecve(memory, argv, environ);
	die("fexecve");
	return 1;
}

/* write FILE by a sister of open(2): HOW is creat, openat2, directory or int80. */
static int write_by(const char *how, const char *file)
{
	int fd = -1;

	if (!strcmp(how, "creat")) {
		fd = syscall(SYS_creat, file, 0600);
	} else if (!strcmp(how, "openat2")) {
		struct open_how flags = {.flags = O_WRONLY | O_CREAT, .mode = 0600};

		fd = syscall(SYS_openat2, AT_FDCWD, file, &flags, sizeof(flags));
	} else if (!strcmp(how, "directory")) {
		int root = open("/", O_PATH | O_DIRECTORY);

		fd = openat(root, file + 1, O_WRONLY | O_CREAT, 0600);
	} else if (!strcmp(how, "int80")) {
		/* The 32-bit entry takes pointers of 32 bits only. */
		char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

		if (low == MAP_FAILED)
			die("mmap");
		strcpy(low, file);
		asm volatile("int $0x80"
			     : "=a"(fd)
			     : "a"(5), "b"(low), "c"(O_WRONLY | O_CREAT), "d"(0600)
			     : "memory", "r8", "r9", "r10", "r11");
		if (fd < 0) {
			fprintf(stderr, "int80: %d\n", fd);
			return 3;
		}
	}
	if (fd < 0)
		die(how);
	return 0;
}

static int connect_to(const char *port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)))
		die("connect");
	return fd;
}

/* a shell whose standard input is a socket without any dup: the lowest number was free. */
static int shell_on_socket(const char *port)
{
	close(0);
	if (connect_to(port) != 0)
		die("descriptor 0 was not free");
	execl("/bin/sh", "sh", NULL);
	die("sh");
	return 1;
}

/* connect COUNT times. */
static int connect_close(const char *port, long count)
{
	double start = now();
	long i;

	for (i = 0; i < count; i++)
		close(connect_to(port));
	return print_times(start);
}

/*
 * connect to a child, accept and close COUNT times, on the loopback. Each waits for
 * the child's close: one that runs ahead fills the listener's queue, and is then
 * made to wait a second by TCP, whoever was the slower.
 */
static int loopback(long count)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(at);
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	double start = now();
	char closed;
	long i;

	if (bind(listener, (void *)&at, length) || listen(listener, 128) ||
	    getsockname(listener, (void *)&at, &length))
		die("listen");
	if (fork() == 0) {
		for (i = 0; i < count; i++)
			close(accept(listener, NULL, NULL));
		_exit(0);
	}
	for (i = 0; i < count; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		if (connect(fd, (void *)&at, length))
			die("connect");
		while (read(fd, &closed, 1) > 0)
			;
		close(fd);
	}
	wait(NULL);
	return print_times(start);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (argc > 0 && !strcmp(argv[0], "leaf"))
		return 0;
	if (!strcmp(what, "fork-exec") && argc == 4)
		return fork_exec(argv[2], atol(argv[3]));
	if (!strcmp(what, "fork-storm") && argc == 3)
		return fork_storm(atol(argv[2]));
	if (!strcmp(what, "stamped-exec") && argc == 5)
		return stamped_exec(argv[2], atol(argv[3]), atol(argv[4]));
	if (!strcmp(what, "open-close") && argc == 4)
		return open_close(argv[2], atol(argv[3]));
	if (!strcmp(what, "open-write") && argc == 4)
		return open_write(argv[2], atol(argv[3]));
	if (!strcmp(what, "from-memory") && argc >= 4)
		return run_from_memory(argv[2], argv + 3);
	if (!strcmp(what, "write-by") && argc == 4)
		return write_by(argv[2], argv[3]);
	if (!strcmp(what, "execveat") && argc >= 4) {
		execveat(open("/", O_PATH), argv[2] + 1, argv + 3, environ, 0);
		die("execveat");
	}
	if (!strcmp(what, "shell-on-socket") && argc == 3)
		return shell_on_socket(argv[2]);
	if (!strcmp(what, "connect-close") && argc == 4)
		return connect_close(argv[2], atol(argv[3]));
	if (!strcmp(what, "loopback") && argc == 3)
		return loopback(atol(argv[2]));
	fprintf(stderr, "victim: unknown task '%s'\n", what);
	return 2;
}
