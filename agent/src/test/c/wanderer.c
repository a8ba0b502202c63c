/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does random things to files and sockets for the test of the kernel's filter:
 * the same things for the same seed. What fails, fails: that is activity too.
 * usage: wanderer SEED STEPS DIRECTORY
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const names[] = {
    "passwd",
    "secret",
    "a/passwd",
    "a/secret",
    "b/secret",
    "b/../a/secret",
    "./secret",
    "a//secret",
    "link/secret",
    "link",
    "hard",
    "a/b/c/deep",
    "a/b/secret",
    "missing/secret",
    "kinsing",
    "a/kinsing",
    "b/xmrig",
    "a",
    "a/b",
    "mnt/secret",
    "mnt/b/secret",
    "/etc/passwd",
    "/etc/shadow",
    "/dev/null",
    "/proc/self/fd/0",
    "/proc/self/root/etc/passwd",
    "/etc/../etc/hostname",
    "fifo",
    "/",
    "",
};
#define NAMES (sizeof(names) / sizeof(names[0]))

#define HOME 900

static unsigned long state;

static unsigned next(unsigned below)
{
	state = state * 6364136223846793005UL + 1442695040888963407UL;
	return (state >> 33) % below;
}

static const char *name(void)
{
	return names[next(NAMES)];
}

static void close_all(void)
{
	close_range(3, HOME - 1, 0);
}

static void open_one(void)
{
	static const int modes[] = {O_RDONLY,	       O_WRONLY,	  O_RDWR,
				    O_RDONLY | O_PATH, O_WRONLY | O_PATH, O_WRONLY | O_CREAT,
				    O_RDWR | O_CREAT,  O_ACCMODE,	  O_RDONLY | O_DIRECTORY};
	int flags = modes[next(9)] | O_NONBLOCK | O_CLOEXEC;
	struct open_how how = {.flags = flags, .mode = flags & O_CREAT ? 0600 : 0};

	switch (next(5)) {
	case 0:
		syscall(SYS_open, name(), flags, 0600);
		break;
	case 1:
		syscall(SYS_openat, AT_FDCWD, name(), flags, 0600);
		break;
	case 2:
		syscall(SYS_openat2, AT_FDCWD, name(), &how, sizeof(how));
		break;
	case 3:
		syscall(SYS_openat, open(name(), O_PATH | O_DIRECTORY), name(), flags, 0600);
		break;
	default:
		/* Never of what is not ours: creat truncates. */
		if (next(4) == 0)
			syscall(SYS_creat, names[next(17)], 0600);
	}
}

/* The same place under another name, and back: what was judged before must be judged again. */
static void move(void)
{
	switch (next(6)) {
	case 0:
		syscall(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", RENAME_EXCHANGE);
		break;
	case 1:
		rename("a/secret", "a/kinsing");
		break;
	case 2:
		rename("a/kinsing", "a/secret");
		break;
	case 3:
		unlink("b/secret");
		break;
	case 4:
		close(syscall(SYS_open, "b/secret", O_CREAT | O_RDWR, 0600));
		break;
	case 5:
		/* Removed and made again, likely in the same memory. */
		mkdir("x", 0700);
		close(syscall(SYS_open, "x/secret", O_CREAT | O_RDWR, 0600));
		unlink("x/secret");
		rmdir("x");
		mkdir("y", 0700);
		close(syscall(SYS_open, "y/secret", O_CREAT | O_RDWR, 0600));
		unlink("y/secret");
		rmdir("y");
		break;
	}
}

static void reach(void)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET,
				 .sin_port = htons(1 + next(3)),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 mapped = {.sin6_family = AF_INET6, .sin6_port = htons(1 + next(3))};
	struct sockaddr_un local = {.sun_family = AF_UNIX, .sun_path = "/run/none"};
	int type = (next(2) ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK;

	inet_pton(AF_INET6, next(2) ? "::ffff:127.0.0.1" : "::1", &mapped.sin6_addr);
	switch (next(3)) {
	case 0:
		connect(socket(AF_INET, type, 0), (void *)&v4, sizeof(v4));
		break;
	case 1:
		connect(socket(AF_INET6, type, 0), (void *)&mapped, sizeof(mapped));
		break;
	default:
		connect(socket(AF_UNIX, type, 0), (void *)&local, sizeof(local));
	}
}

static void duplicate(void)
{
	int ends[2];

	switch (next(3)) {
	case 0:
		if (!pipe(ends))
			dup2(ends[0], 100);
		break;
	case 1:
		dup(open(name(), O_RDONLY | O_NONBLOCK));
		break;
	default:
		dup3(socket(AF_INET, SOCK_STREAM, 0), 101, O_CLOEXEC);
	}
}

static void change(void)
{
	switch (next(5)) {
	case 0:
		unlinkat(AT_FDCWD, names[next(17)], 0);
		break;
	case 1:
		mkdir("a/b/c/new", 0700);
		rmdir("a/b/c/new");
		break;
	case 2:
		chmod(names[next(17)], 0644);
		break;
	case 3:
		symlink("/etc/shadow", "a/pointer");
		unlink("a/pointer");
		break;
	default:
		link("secret", "a/other");
		unlink("a/other");
	}
}

static void prepare(const char *directory)
{
	static const char *const files[] = {"passwd",	"secret",     "a/secret",   "a/passwd",
					    "b/secret", "a/b/secret", "a/b/c/deep", "a/kinsing"};
	unsigned i;

	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    chdir(directory)) {
		perror("prepare");
		exit(3);
	}
	mkdir("a", 0700);
	mkdir("b", 0700);
	mkdir("a/b", 0700);
	mkdir("a/b/c", 0700);
	mkdir("mnt", 0700);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		close(creat(files[i], 0600));
	symlink("a", "link");
	link("secret", "hard");
	mkfifo("fifo", 0600);
	mount("a", "mnt", NULL, MS_BIND, NULL);
	dup2(open(".", O_RDONLY | O_DIRECTORY), HOME);
	/* Every third wanderer sees the directory as its root. */
	if (next(3) == 0 && chroot(directory) == 0)
		chdir("/");
}

int main(int argc, char **argv)
{
	int steps;

	if (argc != 4)
		return 2;
	state = strtoul(argv[1], NULL, 10);
	prepare(argv[3]);
	for (steps = atoi(argv[2]); steps > 0; steps--) {
		unsigned what = next(16);

		if (what < 10)
			open_one();
		else if (what < 12)
			move();
		else if (what == 12)
			reach();
		else if (what == 13)
			duplicate();
		else if (what == 14)
			change();
		else
			next(2) ? chdir("a") : fchdir(HOME);
		if (next(8) == 0)
			close_all();
	}
	return 0;
}
