// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Programs that calls which wait have to get along with: "rewrite A B N" opens A and B for writing
 * by one buffer that a second thread keeps changing; "filter FILE" forbids itself to make files and
 * tries.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static char path[256];
static volatile int ends;

static void *change(void *letters)
{
	char *last = path + strlen(path) - 1;

	while (!ends) {
		*(volatile char *)last = ((char *)letters)[0];
		*(volatile char *)last = ((char *)letters)[1];
	}
	return NULL;
}

/* The two names differ in their last letter only, so that every state of the buffer is one of them.
 */
static int rewrite(const char *a, const char *b, int times)
{
	char letters[2] = {a[strlen(a) - 1], b[strlen(b) - 1]};
	pthread_t thread;

	strncpy(path, a, sizeof(path) - 1);
	pthread_create(&thread, NULL, change, letters);
	for (int i = 0; i < times; i++) {
		int fd = open(path, O_WRONLY | O_CREAT, 0600);

		if (fd >= 0)
			close(fd);
	}
	ends = 1;
	pthread_join(thread, NULL);
	return 0;
}

static int filter(const char *file)
{
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
	    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_CREAT, 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {6, code};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program))
		return 2;
	if (open(file, O_WRONLY | O_CREAT, 0600) >= 0 || errno != EXDEV)
		return 3;
	execl("/bin/true", "true", NULL);
	return 4;
}

int main(int argc, char **argv)
{
	if (argc == 5 && !strcmp(argv[1], "rewrite"))
		return rewrite(argv[2], argv[3], atoi(argv[4]));
	if (argc == 3 && !strcmp(argv[1], "filter"))
		return filter(argv[2]);
	return 1;
}
