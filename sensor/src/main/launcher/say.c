// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "say.h"

void say(const char *what, const char *why, const char *then)
{
	char line[512];
	usize at = text__append(line, 0, sizeof(line), "torimono launch: ");

	at = text__append(line, at, sizeof(line), what);
	at = text__append(line, at, sizeof(line), ": ");
	at = text__append(line, at, sizeof(line), why);
	at = text__append(line, at, sizeof(line), "; ");
	at = text__append(line, at, sizeof(line) - 1, then);
	line[at++] = '\n';
	SYS(write, 2, line, at, 0, 0);
}

void leave(int code)
{
	for (;;)
		SYS(exit_group, code, 0, 0, 0, 0);
}

/* "error 12": rare ones have no words of their own. */
static const char *error__number(long number)
{
	static char text[16];
	char digits[8];
	usize at = text__append(text, 0, sizeof(text), "error ");
	int count = 0;

	do
		digits[count++] = '0' + number % 10;
	while ((number /= 10) && count < (int)sizeof(digits));
	while (count && at + 1 < sizeof(text))
		text[at++] = digits[--count];
	text[at] = 0;
	return text;
}

const char *error__text(long error)
{
	switch (-error) {
	case EPERM:
		return "not permitted (EPERM)";
	case ENOENT:
		return "no such file (ENOENT)";
	case EACCES:
		return "no permission (EACCES)";
	case ECONNREFUSED:
		return "nobody listens (ECONNREFUSED)";
	case ENOEXEC:
		return "not a program (ENOEXEC)";
	case EINVAL:
		return "the kernel does not know it (EINVAL)";
	case ENOSYS:
		return "the kernel has no such call (ENOSYS)";
	case ENOTDIR:
		return "not a folder on the way (ENOTDIR)";
	case ENAMETOOLONG:
		return "name too long (ENAMETOOLONG)";
	case ETIMEDOUT:
		return "no answer in time (ETIMEDOUT)";
	case E2BIG:
		return "arguments and environment too long (E2BIG)";
	case ELOOP:
		return "too many links on the way (ELOOP)";
	case ETXTBSY:
		return "somebody writes to it (ETXTBSY)";
	case EPIPE:
		return "the agent hung up (EPIPE)";
	case EPROTO:
		return "the agent's answer is not understood (EPROTO)";
	default:
		return error__number(-error);
	}
}
