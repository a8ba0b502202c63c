// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* System calls and the few functions that a program without a C library needs. */
#pragma once
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/types.h>

typedef unsigned long usize;

#if defined(__x86_64__)
static inline long sys__call(long n, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	long ret;

	__asm__ volatile("syscall"
			 : "=a"(ret)
			 : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return ret;
}
#elif defined(__aarch64__)
static inline long sys__call(long n, long a, long b, long c, long d, long e)
{
	register long x8 __asm__("x8") = n;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
			 : "memory");
	return x0;
}
#else
#error "no such machine"
#endif

#define SYS(n, a, b, c, d, e)                                                                      \
	sys__call(__NR_##n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e))

#define AT_FDCWD	-100
#define O_RDONLY	0
#define O_NONBLOCK	04000
#define O_CLOEXEC	02000000
#define F_OK		0
#define X_OK		1
#define SIGKILL		9
#define SIGCONT		18
#define SIGSTOP		19
#define SIGCHLD		17
#define SIG_BLOCK	0
#define POLLIN		1
#define POLLERR		8
#define POLLHUP		16
#define MSG_DONTWAIT	0x40
#define MSG_NOSIGNAL	0x4000
#define SOL_SOCKET	1
#define SCM_RIGHTS	1
#define AF_UNIX		1
#define SOCK_SEQPACKET	5
#define SOCK_CLOEXEC	O_CLOEXEC
#define CLONE_FILES	0x400
#define CLOCK_MONOTONIC 1

/*
 * Memory that is not in the file begins with a page, of the largest size that there is: before 6.7
 * the kernel maps the file in front of it, and ends the program when the file is too short.
 */
#define OF_WHOLE_PAGES __attribute__((aligned(0x10000)))

struct pollfd {
	int fd;
	short events;
	short revents;
};

struct iovec {
	void *base;
	usize length;
};

struct message {
	void *name;
	__u32 name_length;
	struct iovec *pieces;
	usize piece_count;
	void *control;
	usize control_length;
	int flags;
};

/* One fd on its way through a socket. */
struct passed_fd {
	usize length;
	int level;
	int type;
	int fd;
	int padding;
};

struct sys_time {
	long s;
	long ns;
};

/* The compiler may call these for copies of its own making. */
void *memcpy(void *to, const void *from, usize n);
void *memset(void *to, int value, usize n);

static inline usize text__length(const char *s)
{
	usize n = 0;

	while (s[n])
		n++;
	return n;
}

static inline int text__begins(const char *s, const char *with)
{
	while (*with)
		if (*s++ != *with++)
			return 0;
	return 1;
}

static inline int text__contains(const char *s, const char *what)
{
	for (; *s; s++)
		if (text__begins(s, what))
			return 1;
	return 0;
}

static inline int text__equal(const char *a, const char *b)
{
	return text__begins(a, b) && text__begins(b, a);
}

/* Appends, NUL-terminated, cut at the end of the room. */
static inline usize text__append(char *to, usize at, usize room, const char *what)
{
	while (*what && at + 1 < room)
		to[at++] = *what++;
	to[at] = 0;
	return at;
}

static inline long sys__poll(struct pollfd *fds, unsigned int count, long timeout_ms)
{
	struct sys_time time = {timeout_ms / 1000, timeout_ms % 1000 * 1000000};

	return SYS(ppoll, fds, count, &time, 0, 0);
}

static inline void sys__sleep(long ms)
{
	struct sys_time time = {ms / 1000, ms % 1000 * 1000000};

	SYS(nanosleep, &time, 0, 0, 0, 0);
}

static inline long sys__now_ms(void)
{
	struct sys_time time = {0, 0};

	SYS(clock_gettime, CLOCK_MONOTONIC, &time, 0, 0, 0);
	return time.s * 1000 + time.ns / 1000000;
}
