// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/*
 * Tries to run what was not in the image before anybody can object, in many ways and many times,
 * and counts how often it ran. Static; it runs from a volume, its copies are what is tried.
 *
 *   race METHOD TIMES WORKERS   prints: METHOD tried N ran N refused N killed N other N
 *   race spawn PROGRAM TIMES [PER_SECOND]   prints: p50, p90, p99 and most of posix_spawn, in us
 *                               (in real time, with RACE_REALTIME in the environment)
 *   race protect [FILE]         makes the file executable that it has mapped to read; without one,
 * memory race payload FILE           what is tried: it makes the file
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define REFUSED	 77
#define UNUSABLE 78

extern char **environ;
static char home[64], copy[128], other[128], mark[128];

static void must(int ok, const char *what)
{
	if (!ok) {
		perror(what);
		_exit(UNUSABLE);
	}
}

static int source(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);

	must(fd >= 0, "own program");
	return fd;
}

static void fill(int to)
{
	struct stat st;
	int from = source();

	fstat(from, &st);
	must(sendfile(to, from, NULL, st.st_size) == st.st_size, "copy");
	close(from);
}

static void put(const char *path)
{
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	must(to >= 0, path);
	fill(to);
	close(to);
}

static void run(const char *path)
{
	char *argv[] = {"payload", "payload", mark, NULL};

	execve(path, argv, environ);
}

static void run_fd(int fd, int flags)
{
	char *argv[] = {"payload", "payload", mark, NULL};

	syscall(SYS_execveat, fd, "", argv, environ, flags);
}

static void by_fd(int unlinked, int proc)
{
	char path[64];
	int fd;

	put(copy);
	fd = open(copy, O_RDONLY);
	must(fd >= 0, copy);
	if (unlinked)
		unlink(copy);
	if (proc) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		run(path);
	} else {
		run_fd(fd, AT_EMPTY_PATH);
	}
}

static void by_memory(void)
{
	int fd = memfd_create("payload", 0);

	must(fd >= 0, "memfd_create");
	fill(fd);
	run_fd(fd, AT_EMPTY_PATH);
}

static void by_mount(int fresh)
{
	must(unshare(CLONE_NEWNS) == 0, "unshare");
	if (fresh) {
		must(mount("tmpfs", home, "tmpfs", 0, "") == 0, "mount");
		put(copy);
		run(copy);
		return;
	}
	put(copy);
	put(other);
	must(mount(copy, other, NULL, MS_BIND, NULL) == 0, "bind");
	run(other);
}

static void by_script(const char *interpreter)
{
	char text[256];
	int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	snprintf(text, sizeof(text), "#!/bin/sh\n: > %s\n", mark);
	must(write(to, text, strlen(text)) > 0, "script");
	close(to);
	if (interpreter) {
		char *argv[] = {"sh", copy, NULL};

		execve(interpreter, argv, environ);
	} else {
		char *argv[] = {copy, NULL};

		execve(copy, argv, environ);
	}
}

/* A program of the image that passed before is what it was no more; /bin/pN, each used once. */
static void by_change(int mapped)
{
	char *argv[] = {copy, NULL};
	int status;
	pid_t child;

	for (int i = 0; i < 2; i++) {
		child = fork();
		if (child == 0) {
			execve(copy, argv, environ);
			_exit(UNUSABLE);
		}
		must(waitpid(child, &status, 0) == child && status == 0, "before the change");
	}
	if (mapped) {
		int fd = open(copy, O_RDWR);
		volatile char *page;

		must(fd >= 0, copy);
		page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		must(page != MAP_FAILED, "mmap");
		page[9] = 1; /* e_ident's padding */
		munmap((void *)page, 4096);
		close(fd);
	} else {
		must(chmod(copy, 0700) == 0, "chmod");
	}
	run(copy);
}

static void attempt(const char *how)
{
	if (!strcmp(how, "chmodded")) {
		by_change(0);
	} else if (!strcmp(how, "mapped")) {
		by_change(1);
	} else if (!strcmp(how, "copy")) {
		put(copy);
		run(copy);
	} else if (!strcmp(how, "symlink")) {
		put(copy);
		unlink(other);
		must(symlink(copy, other) == 0, "symlink");
		run(other);
	} else if (!strcmp(how, "hardlink")) {
		put(copy);
		unlink(other);
		must(link(copy, other) == 0, "link");
		run(other);
	} else if (!strcmp(how, "rename")) {
		put(copy);
		put(other);
		must(rename(copy, other) == 0, "rename");
		run(other);
	} else if (!strcmp(how, "procfd")) {
		by_fd(0, 1);
	} else if (!strcmp(how, "execveat")) {
		by_fd(0, 0);
	} else if (!strcmp(how, "deleted")) {
		by_fd(1, 0);
	} else if (!strcmp(how, "memfd")) {
		by_memory();
	} else if (!strcmp(how, "bind")) {
		by_mount(0);
	} else if (!strcmp(how, "newtmpfs")) {
		by_mount(1);
	} else if (!strcmp(how, "script")) {
		by_script(NULL);
	} else if (!strcmp(how, "interpreter")) {
		by_script("/bin/sh");
	} else {
		fprintf(stderr, "race: unknown method %s\n", how);
		_exit(UNUSABLE);
	}
	_exit(errno == EPERM ? REFUSED : UNUSABLE);
}

struct counts {
	int tried, ran, refused, killed, other, next;
};

static void work(const char *how, int worker, int times, volatile struct counts *sum)
{
	int changes = !strcmp(how, "chmodded") || !strcmp(how, "mapped");

	snprintf(home, sizeof(home), "/race-%d", worker);
	mkdir(home, 0755);
	snprintf(copy, sizeof(copy), "%s/copy", home);
	snprintf(other, sizeof(other), "%s/other", home);
	snprintf(mark, sizeof(mark), "/mark-%d", worker);
	for (int i = 0; i < times; i++) {
		int status = 0;
		pid_t child;

		if (changes) {
			snprintf(copy, sizeof(copy), "/bin/p%d",
				 __sync_fetch_and_add(&sum->next, 1));
		} else {
			unlink(copy);
			unlink(other);
		}
		unlink(mark);
		child = fork();
		if (child == 0)
			attempt(how);
		waitpid(child, &status, 0);
		__sync_fetch_and_add(&sum->tried, 1);
		if (access(mark, F_OK) == 0)
			__sync_fetch_and_add(&sum->ran, 1);
		else if (WIFSIGNALED(status) && WTERMSIG(status) == 9)
			__sync_fetch_and_add(&sum->killed, 1);
		else if (WIFEXITED(status) && WEXITSTATUS(status) == REFUSED)
			__sync_fetch_and_add(&sum->refused, 1);
		else
			__sync_fetch_and_add(&sum->other, 1);
	}
	_exit(0);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Every so many us from the start on, whatever the ones before took. */
static void pace(struct timespec *next, long us)
{
	if (!us)
		return;
	next->tv_nsec += us * 1000;
	next->tv_sec += next->tv_nsec / 1000000000;
	next->tv_nsec %= 1000000000;
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, next, NULL);
}

static int spawn(char *program, int times, int per_second)
{
	double *us = calloc(times, sizeof(*us));
	char *argv[] = {program, "0", NULL};
	struct timespec next;

	if (getenv("RACE_REALTIME")) {
		struct sched_param first = {.sched_priority = 10};

		must(sched_setscheduler(0, SCHED_RR, &first) == 0, "real time");
	}
	clock_gettime(CLOCK_MONOTONIC, &next);
	for (int i = 0; i < times; i++) {
		struct timespec a, b;
		pid_t child;

		pace(&next, per_second ? 1000000 / per_second : 0);
		clock_gettime(CLOCK_MONOTONIC, &a);
		if (posix_spawn(&child, program, NULL, NULL, argv, environ))
			return 1;
		clock_gettime(CLOCK_MONOTONIC, &b);
		waitpid(child, NULL, 0);
		us[i] = (b.tv_sec - a.tv_sec) * 1e6 + (b.tv_nsec - a.tv_nsec) / 1e3;
	}
	qsort(us, times, sizeof(*us), compare);
	printf("spawn p50 %.0f p90 %.0f p99 %.0f most %.0f\n", us[times / 2], us[times * 9 / 10],
	       us[times * 99 / 100], us[times - 1]);
	return 0;
}

/* Lingers: what is killed for it has not said that it went on. */
static int protect(const char *path)
{
	int fd = path ? open(path, O_RDONLY) : -1;
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | (path ? 0 : MAP_ANONYMOUS), fd, 0);

	must(page != MAP_FAILED, "mapping");
	must(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0, "protection");
	sleep(2);
	return puts("went on") < 0;
}

int main(int argc, char **argv)
{
	volatile struct counts *sum;
	int times, workers;

	if (argc == 3 && !strcmp(argv[1], "payload"))
		return open(argv[2], O_WRONLY | O_CREAT, 0644) < 0;
	if (argc >= 2 && !strcmp(argv[1], "protect"))
		return protect(argc > 2 ? argv[2] : NULL);
	if (argc >= 4 && !strcmp(argv[1], "spawn"))
		return spawn(argv[2], atoi(argv[3]), argc > 4 ? atoi(argv[4]) : 0);
	if (argc != 4)
		return 2;
	sum = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	times = atoi(argv[2]);
	workers = atoi(argv[3]);
	/* What the other method changed is of no use any more. */
	sum->next = strcmp(argv[1], "mapped") ? 0 : times;
	for (int i = 0; i < workers; i++)
		if (fork() == 0)
			work(argv[1], i, times / workers + (i < times % workers), sum);
	while (wait(NULL) > 0)
		;
	printf("%s tried %d ran %d refused %d killed %d other %d\n", argv[1], sum->tried, sum->ran,
	       sum->refused, sum->killed, sum->other);
	return 0;
}
