// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "sys.h"
#include "nudge.h"

#define NAME_BYTES   64
#define LIST_BYTES   4096
#define TEXT_BYTES   1024
#define STATUS_BYTES 2048
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

static int read__of(const char *pid, const char *what, char *to, usize room)
{
	char path[NAME_BYTES];

	path__of(path, pid, what);
	return file__read(path, to, room) > 0;
}

struct container {
	char view[NAME_BYTES];
	char cgroup[TEXT_BYTES];
};

static int view__of(const char *pid, char *to)
{
	char path[NAME_BYTES];
	long n;

	path__of(path, pid, "/ns/mnt");
	n = SYS(readlinkat, AT_FDCWD, path, to, NAME_BYTES - 1, 0);
	to[n > 0 ? n : 0] = 0;
	return n > 0;
}

/*
 * Other containers in the same pid namespace have keepers of their own. Whoever has become another
 * user hides his view of files from us, but not his cgroup.
 */
static int process__is_ours(const char *pid, const struct container *own, int guess)
{
	char text[TEXT_BYTES];

	if (view__of(pid, text))
		return text__equal(text, own->view);
	return guess && read__of(pid, "/cgroup", text, sizeof(text)) &&
	       text__equal(text, own->cgroup);
}

static long number__of(const char *text)
{
	long n = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		n = n * 10 + *text - '0';
	return n;
}

/* Whether the filter asks about a call; another machine's number may be taken for ours. */
static int filter__names(const struct sock_fprog *filter, long number)
{
	for (int i = 0; i < filter->len; i++)
		if (filter->filter[i].code == (BPF_JMP | BPF_JEQ | BPF_K) &&
		    filter->filter[i].k == number)
			return 1;
	return 0;
}

/*
 * Inside the kernel's seccomp code one sleeps for an answer only. Before 5.16 x86 does not say
 * where anybody sleeps, and no kernel does of who has become another user. Then the call in hand
 * tells, and where that is hidden too, only a guess is left. A thread is reached by /proc/TID, too.
 */
static int thread__waits(const char *tid, const struct sock_fprog *filter, int guess)
{
	char text[STATUS_BYTES];

	if (read__of(tid, "/wchan", text, sizeof(text)) && text[0] != '0')
		return text__contains(text, "seccomp");
	if (read__of(tid, "/syscall", text, sizeof(text)))
		return text[0] >= '0' && text[0] <= '9' && filter__names(filter, number__of(text));
	return guess && read__of(tid, "/status", text, sizeof(text)) &&
	       text__contains(text, "State:\tS") && text__contains(text, "Seccomp:\t2");
}

static int process__waits(const char *pid, const struct sock_fprog *filter, int guess)
{
	char path[NAME_BYTES], list[1024];
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
			if (entry->name[0] >= '0' && entry->name[0] <= '9')
				waits = thread__waits(entry->name, filter, guess);
		}
	}
	SYS(close, fd, 0, 0, 0, 0);
	return waits;
}

void nudge__all(const struct sock_fprog *filter, int guess)
{
	char list[LIST_BYTES];
	struct container own;
	long stopped[MOST_STOPPED];
	struct directory_entry *entry;
	long fd, n, at;
	int count = 0;

	view__of("self", own.view);
	if (!read__of("self", "/cgroup", own.cgroup, sizeof(own.cgroup)))
		own.cgroup[0] = 0;
	fd = SYS(openat, AT_FDCWD, "/proc", O_RDONLY | O_CLOEXEC, 0, 0);
	if (fd < 0)
		return;
	while ((n = SYS(getdents64, fd, list, sizeof(list), 0, 0)) > 0) {
		for (at = 0; at < n; at += entry->length) {
			entry = (void *)(list + at);
			if (entry->name[0] < '0' || entry->name[0] > '9' || count == MOST_STOPPED ||
			    !process__is_ours(entry->name, &own, guess) ||
			    !process__waits(entry->name, filter, guess))
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
