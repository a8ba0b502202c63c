// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the environment asks for. */
#pragma once
#include "sys.h"

struct asked {
	char **envp;
	int security;
	long wait_ms; /* 0: for ever */
	const char *socket;
	char path[4096]; /* of the program, if it was looked for */
};

/* Refuses what cannot be meant: a launcher that guessed would cover less than was asked for. */
void asked__read(struct asked *a, char **envp);

/* The value of a variable; 0 for none. */
const char *asked__env(const struct asked *a, const char *name);

const char *asked__program(struct asked *a, const char *name);
