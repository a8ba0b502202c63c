/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds with files. Those that may leave something behind run in containers or below a private
 * folder. */
#define _GNU_SOURCE
#include "performer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_close(const char *path, int flags, int mode)
{
	int file = open(path, flags | O_CLOEXEC, mode);

	if (file < 0)
		return errno;
	close(file);
	return 0;
}

static int read_file(char **words)
{
	return open_close(words[0], O_RDONLY, 0);
}

/* try PATH: opens it to read, and does not mind when it is not there. */
static int try_file(char **words)
{
	open_close(words[0], O_RDONLY, 0);
	return 0;
}

static int write_file(char **words)
{
	make_parents(words[0]);
	return open_close(words[0], O_WRONLY | O_CREAT, 0644);
}

static int append_file(char **words)
{
	return open_close(words[0], O_WRONLY | O_APPEND, 0);
}

static int truncate_file(char **words)
{
	make_parents(words[0]);
	return open_close(words[0], O_WRONLY | O_CREAT | O_TRUNC, 0644);
}

/* create MODE PATH */
static int create_file(char **words)
{
	make_parents(words[1]);
	unlink(words[1]);
	return open_close(words[1], O_WRONLY | O_CREAT | O_EXCL, strtol(words[0], NULL, 8));
}

static int make_directory(char **words)
{
	rmdir(words[0]);
	return mkdir(words[0], 0755) ? errno : 0;
}

static int remove_file(char **words)
{
	return unlink(words[0]) ? errno : 0;
}

static int rename_file(char **words)
{
	return rename(words[0], words[1]) ? errno : 0;
}

static int make_symlink(char **words)
{
	unlink(words[1]);
	return symlink(words[0], words[1]) ? errno : 0;
}

static int make_link(char **words)
{
	unlink(words[1]);
	return link(words[0], words[1]) ? errno : 0;
}

/* mode MODE PATH */
static int change_mode(char **words)
{
	return chmod(words[1], strtol(words[0], NULL, 8)) ? errno : 0;
}

const struct verb file_verbs[] = {
    {"read", 1, read_file},
    {"try", 1, try_file},
    {"write", 1, write_file},
    {"append", 1, append_file},
    {"truncate", 1, truncate_file},
    {"create", 2, create_file},
    {"mkdir", 1, make_directory},
    {"remove", 1, remove_file},
    {"rename", 2, rename_file},
    {"symlink", 2, make_symlink},
    {"link", 2, make_link},
    {"mode", 2, change_mode},
    {NULL, 0, NULL},
};
