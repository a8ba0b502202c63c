// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * launch PROGRAM [ARGUMENT]...: runs a program under the eyes of the agent in the sidecar. Asks the
 * agent for a seccomp filter, installs it, leaves a keeper behind that hands the listener over, and
 * becomes the program: same process, environment, signals, files; its exit code is its own. Needs
 * no file of the image and no privilege.
 */
#include <linux/audit.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include "sys.h"
#include "say.h"
#include "asked.h"
#include "keeper.h"

#define CONNECT_EVERY_MS 50
#define LOOK_EVERY_MS	 1000
#define TELL_AFTER_MS	 10000
/* No error of the kernel's: the agent says why not. */
#define REFUSED -4096

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
__asm__(".globl _start\n"
	"_start:\n"
	"	xor %ebp, %ebp\n"
	"	mov %rsp, %rdi\n"
	"	and $-16, %rsp\n"
	"	call launch__start\n");
#else
#define ARCH AUDIT_ARCH_AARCH64
__asm__(".globl _start\n"
	"_start:\n"
	"	mov x29, #0\n"
	"	mov x0, sp\n"
	"	bl launch__start\n");
#endif

struct launch {
	char **argv;
	char **envp;
	const char *program;
	struct asked asked;
	long began; /* to ask the agent */
	int told;   /* that it waits */
	struct keeper keeper;
	struct {
		struct talk head;
		struct sock_filter program[BPF_MAXINSNS];
	} filter;
};

static struct launch launch OF_WHOLE_PAGES;

static void __attribute__((noreturn)) become(void)
{
	long error = SYS(execve, launch.program, launch.argv, launch.envp, 0, 0);

	say(launch.program, error__text(error), "it cannot be executed");
	leave(error == -ENOENT ? NOT_FOUND : CANNOT);
}

static usize texts__add(struct keeper *k, const char *text)
{
	usize at = text__append(k->texts, k->texts_length, TALK_TEXTS - 8, text ? text : "");

	return at + 1;
}

/* The last part of http://169.254.170.2/v4/ID, which names the container on ECS. */
static const char *container__id(void)
{
	const char *uri = asked__env(&launch.asked, "ECS_CONTAINER_METADATA_URI_V4");
	const char *last = uri;

	if (!uri)
		return 0;
	for (; *uri; uri++)
		if (*uri == '/')
			last = uri + 1;
	return last;
}

static void introduce(struct keeper *k)
{
	k->hello.arch = ARCH;
	k->hello.b = launch.asked.security ? PRIORITY_SECURITY : PRIORITY_AVAILABILITY;
	k->hello.pid = SYS(getpid, 0, 0, 0, 0, 0);
	k->texts_length = texts__add(k, asked__env(&launch.asked, "TORIMONO_CONTAINER"));
	k->texts_length = texts__add(k, container__id());
	k->texts_length = texts__add(k, launch.program);
}

/* Once: a container that only hangs would be a riddle. */
static void tell_that_it_waits(long error)
{
	if (launch.told || sys__now_ms() - launch.began < TELL_AFTER_MS)
		return;
	launch.told = 1;
	say(launch.keeper.path, error__text(error), "waits for the agent");
}

static int is_over(void)
{
	return launch.asked.wait_ms && sys__now_ms() - launch.began >= launch.asked.wait_ms;
}

/* The agent's answer, a filter; a negative error. */
static long answer(struct keeper *k, int socket)
{
	struct pollfd poll = {socket, POLLIN, 0};
	long n = talk__send(socket, &k->hello, k->texts, k->texts_length, -1);

	if (n)
		return n;
	while (sys__poll(&poll, 1, LOOK_EVERY_MS) <= 0) {
		if (is_over())
			return -ETIMEDOUT;
		tell_that_it_waits(-ETIMEDOUT);
	}
	n = SYS(recvfrom, socket, &launch.filter, sizeof(launch.filter), 0, 0);
	if (n == 0)
		return -EPIPE;
	if (n < (long)sizeof(struct talk) || launch.filter.head.magic != TALK_MAGIC ||
	    launch.filter.head.kind != TALK_FILTER)
		return n < 0 ? n : -EPROTO;
	if (launch.filter.head.a == 0) {
		((char *)&launch.filter)[n < 400 ? n : 400] = 0;
		return REFUSED;
	}
	if (launch.filter.head.a > BPF_MAXINSNS ||
	    n < (long)(sizeof(struct talk) + launch.filter.head.a * sizeof(struct sock_filter)))
		return -EPROTO;
	k->deadline_ms = launch.filter.head.b;
	k->filter = (struct sock_fprog){launch.filter.head.a, launch.filter.program};
	return 0;
}

/* A connection on which the agent answered with a filter; a negative error. */
static int ask(struct keeper *k)
{
	int socket;
	long error;

	k->hello.kind = TALK_HELLO;
	k->hello.a = ROLE_LAUNCH;
	launch.began = sys__now_ms();
	for (;;) {
		socket = talk__connect(k->path);
		error = socket < 0 ? socket : answer(k, socket);
		if (!error)
			return socket;
		if (socket >= 0)
			SYS(close, socket, 0, 0, 0, 0);
		/* An agent that is started again hangs up: there is another one soon. */
		if (is_over() || error == REFUSED || error == -EPROTO || error == -ENAMETOOLONG)
			return error;
		tell_that_it_waits(error);
		sys__sleep(CONNECT_EVERY_MS);
	}
}

/* The keeper: hands the listener over and stays. */
static void __attribute__((noreturn)) keep(struct keeper *k, int fd)
{
	__u64 all = ~0UL;
	struct talk t = {.kind = TALK_LISTENER};

	SYS(rt_sigprocmask, SIG_BLOCK, &all, 0, sizeof(all), 0);
	SYS(setsid, 0, 0, 0, 0, 0);
	SYS(prctl, PR_SET_NAME, "torimono-keep", 0, 0, 0);
	SYS(prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
	k->listener = fd;
	for (int i = 0; i < 1024; i++)
		if (i != fd && i != k->socket && i != k->program)
			SYS(close, i, 0, 0, 0, 0);
	SYS(chdir, "/", 0, 0, 0, 0);
	if (fd >= 0 && k->socket >= 0 && talk__send(k->socket, &t, 0, 0, fd)) {
		SYS(close, k->socket, 0, 0, 0, 0);
		k->socket = -1;
	}
	keeper__run(k);
	leave(0);
}

/*
 * A child without the filter that shares the table of files: so it has the listener once there is
 * one. Then its own child, with a copy of the table, becomes the keeper, and it ends: the program
 * has no child that it did not start. (unshare would do, but Docker's profile forbids it.)
 */
static long spawn(struct keeper *k, int from)
{
	long child = SYS(clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
	int fd = -1;

	if (child)
		return child;
	/* Its own copy of the pipe's other end would keep it waiting for ever. */
	SYS(prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (SYS(getppid, 0, 0, 0, 0, 0) != k->hello.pid)
		leave(0);
	if (from >= 0 && SYS(read, from, &fd, sizeof(fd), 0, 0) != sizeof(fd))
		leave(0); /* it was not to be */
	child = SYS(clone, SIGCHLD, 0, 0, 0, 0);
	if (child == 0)
		keep(k, fd);
	leave(child < 0 ? CANNOT : 0);
}

static void spawn__await(long child)
{
	while (child > 0 && SYS(wait4, child, 0, 0, 0, 0) == -EINTR)
		;
}

/*
 * Kernels before 5.16 take a filter for a sandbox of code that is not trusted, and turn speculation
 * off for whoever has it, which slows all it does. Whoever wants that has a filter of his own.
 */
#define FILTER_FLAGS (SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_SPEC_ALLOW)

/* The listener's fd. Without CAP_SYS_ADMIN the kernel asks for NO_NEW_PRIVS first. */
static long install(void)
{
	long fd = SYS(seccomp, SECCOMP_SET_MODE_FILTER, FILTER_FLAGS, &launch.keeper.filter, 0, 0);

	if (fd == -EACCES) {
		SYS(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		fd = SYS(seccomp, SECCOMP_SET_MODE_FILTER, FILTER_FLAGS, &launch.keeper.filter, 0,
			 0);
	}
	return fd;
}

static void __attribute__((noreturn)) uncovered(const char *what, const char *why)
{
	if (launch.asked.security) {
		say(what, why, "nothing is run, because TORIMONO_PRIORITY is security");
		leave(CANNOT);
	}
	say(what, why, "the program runs without being seen");
	launch.keeper.socket = -1;
	launch.keeper.program = SYS(pidfd_open, launch.keeper.hello.pid, 0, 0, 0, 0);
	spawn__await(spawn(&launch.keeper, -1));
	become();
}

static void cover(void)
{
	struct keeper *k = &launch.keeper;
	int pipe[2];
	int fd;
	long error, child;

	k->socket = ask(k);
	if (k->socket == REFUSED)
		uncovered("the agent refuses", (char *)launch.filter.program);
	if (k->socket < 0)
		uncovered(k->path, error__text(k->socket));
	error = SYS(pipe2, pipe, O_CLOEXEC, 0, 0, 0);
	child = error ? error : spawn(k, pipe[0]);
	if (child < 0)
		uncovered("keeper", error__text(child));
	fd = install();
	/* The table is shared: closing an end would close it for the child, too. */
	if (fd < 0)
		SYS(write, pipe[1], "", 1, 0, 0);
	else
		SYS(write, pipe[1], &fd, sizeof(fd), 0, 0);
	spawn__await(child);
	if (fd == -EBUSY) {
		say("seccomp", "there is a listener already", "the outer one goes on seeing it");
		return;
	}
	if (fd < 0)
		uncovered("seccomp", error__text(fd));
}

void launch__start(long *stack)
{
	long argc = stack[0];

	launch.argv = (char **)(stack + 2);
	launch.envp = (char **)(stack + 1 + argc + 1);
	if (argc < 2) {
		say("no command", "the image's own entry point and command are not known here",
		    "give them as the arguments");
		leave(NOT_FOUND);
	}
	asked__read(&launch.asked, launch.envp);
	launch.program = asked__program(&launch.asked, launch.argv[0]);
	launch.keeper.path = launch.asked.socket;
	launch.keeper.socket = -1;
	launch.keeper.listener = -1;
	launch.keeper.program = -1;
	introduce(&launch.keeper);
	cover();
	become();
}
