/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the performer know of each other. */
#pragma once
#include <stddef.h>

/* A deed: takes words, returns 0, or the exit code or errno of what went wrong. */
struct verb {
	const char *name;
	int words; /* at least, after the name */
	int (*perform)(char **words);
};

/* Each ends with an entry without a name. */
extern const struct verb program_verbs[], file_verbs[], network_verbs[], task_verbs[];

/* Finds the verb of the first word and performs it. */
int perform(char **words);

/* Runs the rest in a child and waits for it. */
int perform_in_child(char **words);

/* Ends the process, saying why, when result is negative. */
long must(const char *what, long result);

/* Makes the directories above a path. */
void make_parents(const char *path);

/* An open file of the performer itself, whatever its name is in this mount namespace. */
int open_self(void);

int copy_self(int to);
