/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds that start programs: always the performer itself, under other names. */
#define _GNU_SOURCE
#include "performer.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int open_self(void)
{
	return must("/proc/self/exe", open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
}

int copy_self(int to)
{
	int from = open_self();
	char buffer[65536];
	long n;

	while ((n = must("read", read(from, buffer, sizeof(buffer)))) > 0)
		must("write", write(to, buffer, n));
	close(from);
	return 0;
}

/* Where names lie: a folder of ours, or its private one in the container. */
static const char *folder(void)
{
	const char *given = getenv("TORIMONO_NAMES");

	return given ? given : "/tmp";
}

/* A name for the performer: another link to one copy of it. */
static void make_name(const char *name, char *path, size_t bytes)
{
	char copy[PATH_MAX];
	int file;

	snprintf(path, bytes, "%s/%s", folder(), name);
	if (access(path, X_OK) == 0)
		return;
	make_parents(path);
	snprintf(copy, sizeof(copy), "%s/.performer", folder());
	if (access(copy, X_OK) != 0) {
		file = must(copy, open(copy, O_CREAT | O_WRONLY | O_CLOEXEC, 0755));
		copy_self(file);
		close(file);
	}
	if (link(copy, path) < 0 && errno != EEXIST)
		must(path, -1);
}

/* Somewhere else the file may still be open for writing by a sibling that was just forked. */
static void run(const char *path, char **words)
{
	for (int i = 0; i < 50; i++) {
		execve(path, words, environ);
		if (errno != ETXTBSY)
			break;
		usleep(10000);
	}
	must(path, -1);
}

static int run_and_wait(const char *path, char **words)
{
	int status, pid = must("fork", fork());

	if (pid == 0)
		run(path, words);
	must("waitpid", waitpid(pid, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* as NAME WORD...: a child of that name; with "perform VERB" it does something too. */
static int as(char **words)
{
	char path[PATH_MAX];

	make_name(words[0], path, sizeof(path));
	return run_and_wait(path, words);
}

/* become NAME WORD...: the same without a child of its own. */
static int become(char **words)
{
	char path[PATH_MAX];

	make_name(words[0], path, sizeof(path));
	run(path, words);
	return 1;
}

/* name NAME: only makes it. */
static int name(char **words)
{
	char path[PATH_MAX];

	make_name(words[0], path, sizeof(path));
	return 0;
}

/* drop PATH WORD...: a new file there, which is executed by that path. */
static int drop(char **words)
{
	int file, code;

	make_parents(words[0]);
	unlink(words[0]);
	file = must(words[0], open(words[0], O_CREAT | O_WRONLY | O_CLOEXEC, 0755));
	copy_self(file);
	close(file);
	code = run_and_wait(words[0], words);
	unlink(words[0]);
	return code;
}

/* memory NAME WORD...: a program without a file. */
static int memory(char **words)
{
	int file = must("memfd_create", memfd_create("payload", MFD_CLOEXEC));
	char path[64];

	copy_self(file);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	return run_and_wait(path, words);
}

/* environment NAME=VALUE VERB... */
static int environment(char **words)
{
	must("putenv", putenv(words[0]) ? -1 : 0);
	return perform(words + 1);
}

const struct verb program_verbs[] = {
    {"as", 1, as},	   {"become", 1, become},	    {"name", 1, name}, {"drop", 1, drop},
    {"memory", 1, memory}, {"environment", 2, environment}, {NULL, 0, NULL},
};
