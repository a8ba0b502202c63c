/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Performs harmless deeds that rules should notice. One static program, so that
 * it needs nothing of the container it runs in.
 *
 *   performer perform VERB WORD...   once
 *   performer serve                  a line of tab-separated words each; answers "done CODE"
 *   performer keep                   does nothing, as the first process of a container
 *   NAME anything                    under any other name it only pretends, and ends
 */
#define _GNU_SOURCE
#include "performer.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_BYTES 4096
#define WORDS	   64
#define NO_VERB	   120

long must(const char *what, long result)
{
	if (result < 0) {
		int why = errno;

		fprintf(stderr, "%s: %s\n", what, strerror(why));
		_exit(why ? why : 1);
	}
	return result;
}

void make_parents(const char *path)
{
	char part[LINE_BYTES];

	snprintf(part, sizeof(part), "%s", path);
	for (char *at = strchr(part + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = 0;
		mkdir(part, 0755);
		*at = '/';
	}
}

static const struct verb *find_verb(const char *name)
{
	const struct verb *rooms[] = {program_verbs, file_verbs, network_verbs, task_verbs};

	for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++)
		for (const struct verb *v = rooms[i]; v->name; v++)
			if (strcmp(v->name, name) == 0)
				return v;
	return NULL;
}

int perform(char **words)
{
	const struct verb *verb = words[0] ? find_verb(words[0]) : NULL;
	int count = 0;

	if (!verb) {
		fprintf(stderr, "%s: no such verb\n", words[0] ? words[0] : "");
		return NO_VERB;
	}
	while (words[count + 1])
		count++;
	if (count < verb->words) {
		fprintf(stderr, "%s: needs %d words\n", verb->name, verb->words);
		return NO_VERB;
	}
	return verb->perform(words + 1);
}

int perform_in_child(char **words)
{
	int status, pid = must("fork", fork());

	if (pid == 0)
		_exit(perform(words));
	must("waitpid", waitpid(pid, &status, 0));
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void split(char *line, char **words)
{
	int count = 0;

	for (char *word = strtok(line, "\t\n"); word && count < WORDS - 1;
	     word = strtok(NULL, "\t\n"))
		words[count++] = word;
	words[count] = NULL;
}

/* Ends when its input does. */
static int serve(void)
{
	char line[LINE_BYTES], *words[WORDS];

	printf("ready %d\n", getpid());
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		split(line, words);
		printf("done %d\n", perform_in_child(words));
		fflush(stdout);
		/* Those that were told to act later. */
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
	return 0;
}

static int keep(void)
{
	while (1) {
		while (waitpid(-1, NULL, 0) > 0)
			;
		pause();
	}
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "perform") == 0)
		return perform(argv + 2);
	if (argc == 2 && strcmp(argv[1], "serve") == 0)
		return serve();
	if (argc == 2 && strcmp(argv[1], "keep") == 0)
		return keep();
	return 0;
}
