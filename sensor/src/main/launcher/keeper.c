// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * While the agent beats, the keeper does nothing. Without a beat for longer than the deadline
 * (ended, frozen, overloaded) it answers for it: with "go on" where availability comes first; where
 * security does, with nothing, so that calls wait. It connects again until there is an agent.
 *
 * A call that the agent had taken and not answered is in nobody's hands: stopping and continuing
 * the process makes the kernel take the call back and ask again.
 */
#include <linux/seccomp.h>
#include <linux/ioctl.h>
#include "sys.h"
#include "nudge.h"
#include "keeper.h"

#define RECONNECT_MS 200
#define IDLE_MS	     200
/* What the agent had in hand is given back at once; guessing for ever would disturb who sleeps. */
#define MOST_GUESSES 10
/* Calls answered before the agent's beat is looked for again. */
#define BATCH 64

static int fd__events(int fd)
{
	struct pollfd poll = {fd, POLLIN, 0};

	return sys__poll(&poll, 1, 0) > 0 ? poll.revents : 0;
}

static int listener__is_over(int listener)
{
	/* Since 5.8: no task has the filter any more. */
	return listener >= 0 && fd__events(listener) & (POLLHUP | POLLERR);
}

static int socket__speaks(int socket)
{
	return socket >= 0 && fd__events(socket);
}

/*
 * What the listener has to say within that time; nothing as soon as the agent speaks. Once it
 * does, no call may be taken any more: of two who take one, the other waits inside the kernel for
 * the next.
 */
static int keeper__await(struct keeper *k, long wait_ms)
{
	struct pollfd polls[] = {{k->listener, POLLIN, 0}, {k->socket, POLLIN, 0}};

	if (sys__poll(polls, 2, wait_ms) <= 0 || polls[1].revents)
		return 0;
	return polls[0].revents;
}

/* Lets what waits pass; returns how many. */
static __u64 keeper__pass(struct keeper *k)
{
	struct seccomp_notif notif;
	struct seccomp_notif_resp resp;
	__u64 count = 0;

	while (count < BATCH && keeper__await(k, count ? 0 : IDLE_MS) & POLLIN) {
		memset(&notif, 0, sizeof(notif)); /* must be zero since 5.5 */
		if (SYS(ioctl, k->listener, SECCOMP_IOCTL_NOTIF_RECV, &notif, 0, 0))
			break; /* the caller died or was interrupted */
		memset(&resp, 0, sizeof(resp));
		resp.id = notif.id;
		resp.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
		if (!SYS(ioctl, k->listener, SECCOMP_IOCTL_NOTIF_SEND, &resp, 0, 0))
			count++;
	}
	return count;
}

static void keeper__disconnect(struct keeper *k)
{
	SYS(close, k->socket, 0, 0, 0, 0);
	k->socket = -1;
}

/* Takes what the agent says; returns whether it lives. */
static int keeper__listen(struct keeper *k, long wait_ms)
{
	struct pollfd poll = {k->socket, POLLIN, 0};
	struct talk t;
	long n;
	int beats = 0;

	if (k->socket < 0) {
		sys__sleep(wait_ms);
		return 0;
	}
	while (sys__poll(&poll, 1, beats ? 0 : wait_ms) > 0) {
		n = SYS(recvfrom, k->socket, &t, sizeof(t), MSG_DONTWAIT, 0);
		if (n == -EAGAIN || n == -EINTR)
			continue;
		if (n <= 0) {
			keeper__disconnect(k);
			return 0;
		}
		beats++;
		k->asked |= t.kind == TALK_BEAT && t.a;
	}
	return beats > 0;
}

static void keeper__connect(struct keeper *k)
{
	int socket = talk__connect(k->path);

	if (socket < 0)
		return;
	k->hello.kind = TALK_HELLO;
	k->hello.a = k->listener < 0 ? ROLE_UNCOVERED : ROLE_KEEP;
	if (talk__send(socket, &k->hello, k->texts, k->texts_length, k->listener)) {
		SYS(close, socket, 0, 0, 0, 0);
		return;
	}
	k->socket = socket;
	k->hello.passed = 0;
}

/* Says that it stands in no more, and what it let pass meanwhile. */
static void keeper__report(struct keeper *k)
{
	struct talk t = {.kind = TALK_PASSED, .passed = k->hello.passed};

	if (k->socket >= 0 && !talk__send(k->socket, &t, 0, 0, -1)) {
		k->hello.passed = 0;
		k->asked = 0;
	}
}

/* Stands in for the agent until the next look at it. */
static void keeper__stand_in(struct keeper *k)
{
	__u64 passed;

	if (k->hello.b == PRIORITY_SECURITY) {
		sys__sleep(IDLE_MS);
		return;
	}
	passed = keeper__pass(k);
	k->hello.passed += passed;
	if (!passed && !socket__speaks(k->socket))
		/* The queue is empty: who still waits was taken by the agent. */
		nudge__all(&k->filter, k->guesses++ < MOST_GUESSES);
}

/*
 * An uncovered program ended. Its number alone would not tell: as a zombie it still has it, and
 * later some other process may.
 */
static int process__is_over(struct keeper *k)
{
	if (k->program >= 0)
		return fd__events(k->program) != 0;
	return SYS(kill, k->hello.pid, 0, 0, 0, 0) == -ESRCH;
}

void keeper__run(struct keeper *k)
{
	long beat = sys__now_ms();
	long tried = 0;
	int away = 0;

	while (!listener__is_over(k->listener)) {
		if (k->listener < 0 && k->socket >= 0)
			break; /* said that the program runs uncovered: no more to do */
		if (keeper__listen(k, away ? 0 : IDLE_MS)) {
			beat = sys__now_ms();
			if (k->asked || k->hello.passed)
				keeper__report(k);
			if (away) {
				away = 0;
				nudge__all(&k->filter, 1);
			}
			continue;
		}
		if (listener__is_over(k->listener) || (k->listener < 0 && process__is_over(k)))
			break;
		if (k->socket < 0 && sys__now_ms() - tried >= RECONNECT_MS) {
			tried = sys__now_ms();
			keeper__connect(k);
		}
		if (k->listener < 0) {
			sys__sleep(RECONNECT_MS);
			continue;
		}
		if (k->socket < 0 || sys__now_ms() - beat > k->deadline_ms) {
			k->guesses = away ? k->guesses : 0;
			away = 1;
			keeper__stand_in(k);
		}
	}
	SYS(exit_group, 0, 0, 0, 0, 0);
}
