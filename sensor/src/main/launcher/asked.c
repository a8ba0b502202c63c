// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "say.h"
#include "asked.h"

#define DEFAULT_SOCKET "/opt/torimono/run/agent.sock"
#define DEFAULT_PATH   "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
#define DEFAULT_WAIT_S 30
#define MOST_WAIT_S    1000000

const char *asked__env(const struct asked *a, const char *name)
{
	for (char **e = a->envp; *e; e++)
		if (text__begins(*e, name) && (*e)[text__length(name)] == '=')
			return *e + text__length(name) + 1;
	return 0;
}

/* Found as a shell would: names without a slash along PATH. */
const char *asked__program(struct asked *a, const char *name)
{
	const char *path = asked__env(a, "PATH");
	usize at;

	if (text__contains(name, "/"))
		return name;
	for (path = path ? path : DEFAULT_PATH; *path; path += *path == ':') {
		for (at = 0; *path && *path != ':'; path++)
			if (at + 1 < sizeof(a->path))
				a->path[at++] = *path;
		if (at == 0)
			a->path[at++] = '.';
		a->path[at] = 0;
		at = text__append(a->path, at, sizeof(a->path), "/");
		at = text__append(a->path, at, sizeof(a->path), name);
		if (SYS(faccessat, AT_FDCWD, a->path, X_OK, 0, 0))
			continue;
		/* Folders may be "executed", too; only they have a file of this name. */
		text__append(a->path, at, sizeof(a->path), "/.");
		if (!SYS(faccessat, AT_FDCWD, a->path, F_OK, 0, 0))
			continue;
		a->path[at] = 0;
		return a->path;
	}
	say(name, "not found along PATH", "give the program's whole path");
	leave(NOT_FOUND);
}

static void __attribute__((noreturn)) refuse(const char *name, const char *why)
{
	say(name, why, "nothing is run");
	leave(CANNOT);
}

static long seconds(const char *text, const char *name)
{
	long s = 0;

	for (; *text; text++) {
		if (*text < '0' || *text > '9' || s > MOST_WAIT_S)
			refuse(name, "must be a number of seconds, 0 for no end");
		s = s * 10 + (*text - '0');
	}
	return s;
}

void asked__read(struct asked *a, char **envp)
{
	const char *text;

	a->envp = envp;
	text = asked__env(a, "TORIMONO_PRIORITY");
	a->security = text && text__equal(text, "security");
	if (text && *text && !a->security && !text__equal(text, "availability"))
		refuse("TORIMONO_PRIORITY", "must be availability or security");
	text = asked__env(a, "TORIMONO_WAIT_SECONDS");
	a->wait_ms = a->security ? 0 : DEFAULT_WAIT_S * 1000;
	if (text && *text)
		a->wait_ms = seconds(text, "TORIMONO_WAIT_SECONDS") * 1000;
	text = asked__env(a, "TORIMONO_SOCKET");
	a->socket = text && *text ? text : DEFAULT_SOCKET;
}
