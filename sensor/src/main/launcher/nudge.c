// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "sys.h"
#include "nudge.h"

#define NAME_BYTES   64
#define LIST_BYTES   4096
#define MOST_STOPPED 256

struct directory_entry {
	__u64 inode;
	__s64 offset;
	unsigned short length;
	unsigned char type;
	char name[];
};

static long file__read(const char *path, char *to, usize room)
{
	long fd = SYS(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0, 0);
	long n;

	if (fd < 0)
		return fd;
	n = SYS(read, fd, to, room - 1, 0, 0);
	SYS(close, fd, 0, 0, 0, 0);
	to[n > 0 ? n : 0] = 0;
	return n;
}

static void path__of(char *to, const char *pid, const char *rest)
{
	usize at = text__append(to, 0, NAME_BYTES, "/proc/");

	at = text__append(to, at, NAME_BYTES, pid);
	text__append(to, at, NAME_BYTES, rest);
}

/* Other containers in the same pid namespace have keepers of their own. */
static int process__is_ours(const char *pid, const char *own)
{
	char path[NAME_BYTES], link[NAME_BYTES];
	long n;

	path__of(path, pid, "/ns/mnt");
	n = SYS(readlinkat, AT_FDCWD, path, link, sizeof(link) - 1, 0);
	link[n > 0 ? n : 0] = 0;
	return n > 0 && text__equal(link, own);
}

/* One of its threads waits inside the kernel's seccomp code: only for an answer does anyone. */
static int process__waits(const char *pid)
{
	char path[NAME_BYTES], list[1024], where[NAME_BYTES];
	struct directory_entry *entry;
	long fd, n, at;
	int waits = 0;

	path__of(path, pid, "/task");
	fd = SYS(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0, 0);
	if (fd < 0)
		return 0;
	while (!waits && (n = SYS(getdents64, fd, list, sizeof(list), 0, 0)) > 0) {
		for (at = 0; at < n && !waits; at += entry->length) {
			entry = (void *)(list + at);
			if (entry->name[0] < '0' || entry->name[0] > '9')
				continue;
			/* A thread is reached by /proc/TID too. */
			path__of(path, entry->name, "/wchan");
			waits = file__read(path, where, sizeof(where)) > 0 &&
				text__contains(where, "seccomp");
		}
	}
	SYS(close, fd, 0, 0, 0, 0);
	return waits;
}

static long number__of(const char *text)
{
	long n = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		n = n * 10 + *text - '0';
	return n;
}

void nudge__all(void)
{
	char list[LIST_BYTES], own[NAME_BYTES];
	long stopped[MOST_STOPPED];
	struct directory_entry *entry;
	long fd, n, at;
	int count = 0;

	n = SYS(readlinkat, AT_FDCWD, "/proc/self/ns/mnt", own, sizeof(own) - 1, 0);
	own[n > 0 ? n : 0] = 0;
	fd = SYS(openat, AT_FDCWD, "/proc", O_RDONLY | O_CLOEXEC, 0, 0);
	if (fd < 0)
		return;
	while ((n = SYS(getdents64, fd, list, sizeof(list), 0, 0)) > 0) {
		for (at = 0; at < n; at += entry->length) {
			entry = (void *)(list + at);
			if (entry->name[0] < '0' || entry->name[0] > '9' || count == MOST_STOPPED ||
			    !process__is_ours(entry->name, own) || !process__waits(entry->name))
				continue;
			stopped[count] = number__of(entry->name);
			if (!SYS(kill, stopped[count], SIGSTOP, 0, 0, 0))
				count++;
		}
	}
	SYS(close, fd, 0, 0, 0, 0);
	if (count)
		sys__sleep(2); /* they have to see it */
	while (count--)
		SYS(kill, stopped[count], SIGCONT, 0, 0, 0);
}
