/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds of tasks: identities, namespaces, tracing, calls that go deep into the kernel and are
 * refused there. */
#define _GNU_SOURCE
#include "performer.h"
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define BPF_PROG_LOAD 5

/* user UID VERB...: as that user, without a call of setuid. */
static int user(char **words)
{
	int uid = atoi(words[0]);

	must("setgroups", setgroups(0, NULL));
	must("setresgid", syscall(SYS_setresgid, uid, uid, uid));
	must("setresuid", syscall(SYS_setresuid, uid, uid, uid));
	return perform(words + 1);
}

/* setuid UID: asks for it, and does not mind a refusal. */
static int set_uid(char **words)
{
	syscall(SYS_setuid, atoi(words[0]));
	return 0;
}

/* background VERB...: in a child that stays behind. */
static int background(char **words)
{
	if (must("fork", fork()) == 0) {
		/* Whoever waits for the end of our output shall not wait for it. */
		close(0);
		close(1);
		_exit(perform(words));
	}
	return 0;
}

/* rest SECONDS VERB... */
static int rest(char **words)
{
	sleep(atoi(words[0]));
	return perform(words + 1);
}

static int set_namespace(char **words)
{
	int own = must("/proc/self/ns/uts", open("/proc/self/ns/uts", O_RDONLY | O_CLOEXEC));

	(void)words;
	syscall(SYS_setns, own, CLONE_NEWUTS);
	close(own);
	return 0;
}

static int leave_namespace(char **words)
{
	(void)words;
	unshare(CLONE_NEWUTS);
	return 0;
}

/* attach: traces a child of its own, and lets it go. */
static int attach(char **words)
{
	int status, pid = must("fork", fork());

	(void)words;
	if (pid == 0) {
		pause();
		_exit(0);
	}
	if (ptrace(PTRACE_ATTACH, pid, NULL, NULL) == 0) {
		waitpid(pid, &status, 0);
		ptrace(PTRACE_DETACH, pid, NULL, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return 0;
}

static int be_traced(char **words)
{
	(void)words;
	ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	return 0;
}

/* An image that is none: the kernel refuses it. */
static int init_module(char **words)
{
	static const char nothing[64];

	(void)words;
	syscall(SYS_init_module, nothing, sizeof(nothing), "");
	return 0;
}

/* A program that is none: the kernel refuses it. */
static int load_bpf(char **words)
{
	(void)words;
	syscall(SYS_bpf, BPF_PROG_LOAD, NULL, 0);
	return 0;
}

static int fault_handler(char **words)
{
	(void)words;
	syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */);
	return 0;
}

const struct verb task_verbs[] = {
    {"user", 2, user},
    {"setuid", 1, set_uid},
    {"background", 1, background},
    {"rest", 2, rest},
    {"setns", 0, set_namespace},
    {"unshare", 0, leave_namespace},
    {"attach", 0, attach},
    {"traceme", 0, be_traced},
    {"init-module", 0, init_module},
    {"load-bpf", 0, load_bpf},
    {"userfaultfd", 0, fault_handler},
    {NULL, 0, NULL},
};
