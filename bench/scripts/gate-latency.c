// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/*
 * What any user-space gate costs at least: holds every exec of PATH's file system, as the
 * agent does, and lets it pass after US microseconds of work.
 *
 *   gate-latency PATH US
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/fanotify.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static long now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void answer(int group, struct fanotify_event_metadata *event, long work_ns)
{
	struct fanotify_response response = {.fd = event->fd, .response = FAN_ALLOW};
	long end = now_ns() + work_ns;

	while (now_ns() < end)
		;
	if (write(group, &response, sizeof(response)) != sizeof(response))
		perror("answer");
	close(event->fd);
}

int main(int argc, char **argv)
{
	struct epoll_event ready = {.events = EPOLLIN};
	char buffer[64 * sizeof(struct fanotify_event_metadata)];
	int group = fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK | FAN_REPORT_TID,
				  O_RDONLY | O_LARGEFILE | O_CLOEXEC | O_NOATIME);
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	if (argc != 3 || group < 0 ||
	    fanotify_mark(group, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_EXEC_PERM, AT_FDCWD,
			  argv[1]) ||
	    epoll_ctl(epoll, EPOLL_CTL_ADD, group, &ready)) {
		perror("gate-latency PATH US");
		return 1;
	}
	setpriority(PRIO_PROCESS, 0, -15);
	while (1) {
		struct fanotify_event_metadata *event = (void *)buffer;
		long length;

		if (epoll_wait(epoll, &ready, 1, 1) <= 0)
			continue;
		length = read(group, buffer, sizeof(buffer));
		for (; length > 0 && FAN_EVENT_OK(event, length);
		     event = FAN_EVENT_NEXT(event, length))
			answer(group, event, atol(argv[2]) * 1000);
	}
}
