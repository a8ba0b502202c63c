// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The keeper: a process that stays beside the program without a filter of its own and holds the
 * listener, so that the agent's end is not the program's. A listener that nobody holds makes every
 * notified call fail with ENOSYS.
 */
#pragma once
#include <linux/filter.h>
#include "talk.h"

struct keeper {
	int socket;   /* to the agent; -1 for none */
	int listener; /* -1: there is none, the program is uncovered */
	int program;  /* of an uncovered one: its pidfd; -1 where there is none (before 5.3) */
	long deadline_ms;
	struct sock_fprog filter;
	int guesses; /* of who waits, since the agent went away */
	int asked;   /* the agent wants to hear that nobody stands in for it */
	struct talk hello;
	char texts[TALK_TEXTS];
	usize texts_length;
	const char *path; /* of the agent's socket */
};

/* Never returns; ends when no task with the filter is left. */
void keeper__run(struct keeper *k);

/* A connection to the agent, or a negative error. */
int talk__connect(const char *path);

/* Sends one packet, with texts and an fd when there are any; a negative error when it failed. */
long talk__send(int socket, struct talk *t, const char *texts, usize length, int fd);
