/* SPDX-License-Identifier: Apache-2.0 */
/* Scenes of paths by links and mounts, of what moves bytes, and of many forks. */
#define _GNU_SOURCE
#include "actor.h"
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long sys_open(const char *path, int flags, int mode)
{
	return syscall(SYS_open, path, flags, mode);
}

/* The same files by links, dots, directory fds and mounts. */
void scene_links(void)
{
	char here[PATH_MAX];
	int dir;

	if (!getcwd(here, sizeof(here)))
		check("getcwd", -1);
	check("mkdir", mkdir("real", 0755));
	check("mkdir", mkdir("real/sub", 0755));
	check("symlink", symlink("real/sub", "short"));
	check("symlink", symlink(strcat(here, "/real"), "far"));
	check("symlink", symlink("./short", "chain"));
	check("mkdir", mkdir("short/made", 0755));
	close(sys_open("real/sub/file", O_CREAT | O_WRONLY, 0600));
	check("rename", rename("chain/made/../file", "far//moved"));
	check("symlink", symlink("moved", "far/alias"));
	check("chmod", chmod("chain/../alias", 0640));
	check("lchown", lchown("far/alias", 0, 0));
	check("chown", chown("far/alias", 0, 0));
	check("link", link("far/alias", "chain/twin"));
	dir = sys_open("short", O_DIRECTORY | O_RDONLY, 0);
	say("dir", dir);
	check("fchownat", fchownat(dir, "../alias", 0, 0, AT_SYMLINK_NOFOLLOW));
	check("linkat", linkat(dir, "../alias", AT_FDCWD, "far/other", AT_SYMLINK_FOLLOW));
	check("unlinkat", unlinkat(dir, "../alias", 0));
	close(sys_open("far/other", O_RDONLY, 0));
	close(sys_open("far/other", O_RDONLY, 0));
	check("rmdir", rmdir("/proc/self/cwd/short/made"));
	check("unshare", unshare(CLONE_NEWNS));
	check("private", mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	check("mkdir", mkdir("bound", 0755));
	check("bind", mount("real", "bound", NULL, MS_BIND, NULL));
	close(sys_open("bound/moved", O_RDONLY, 0));
	close(sys_open("bound/./sub", O_RDONLY | O_DIRECTORY, 0));
	check("symlink", symlink("bound/sub", "tied"));
	check("tmpfs", mount("none", "bound/sub", "tmpfs", 0, NULL));
	close(sys_open("bound/sub/new", O_CREAT | O_WRONLY, 0600));
	check("mkdir", mkdir("tied/./inside", 0755));
	check("chdir", chdir("tied/inside"));
	check("mkdir", mkdir("../../../real/up", 0755));
	check("chdir", chdir("../../.."));
	check("mkdir", mkdir("part", 0755));
	check("part", mount("tied/inside", "part", NULL, MS_BIND, NULL));
	check("link", link("tied/new", "tied/inside/old"));
	close(sys_open("tied/inside/old", O_RDONLY, 0));
	close(sys_open("part/old", O_RDONLY, 0));
	check("umount", umount2("part", MNT_DETACH));
	check("umount", umount2("tied", MNT_DETACH));
}

/* What moves bytes, which only captures are told of. */
void scene_moving(void)
{
	int ends[2], others[2], fd;
	char byte;

	check("pipe", syscall(SYS_pipe, ends));
	check("pipe2", syscall(SYS_pipe2, others, O_CLOEXEC));
	say("in", ends[0]);
	say("out", ends[1]);
	say("other", others[1]);
	check("write", syscall(SYS_write, ends[1], "hello", 5));
	check("read", syscall(SYS_read, ends[0], &byte, 1));
	fd = sys_open("file", O_CREAT | O_RDWR, 0600);
	say("file", fd);
	check("pwrite", syscall(SYS_pwrite64, fd, "there", 5, 2));
	check("pread", syscall(SYS_pread64, fd, &byte, 1, 3));
	check("close", syscall(SYS_close, ends[0]));
}

/* Children that do nothing, one after another. */
void scene_forks(void)
{
	for (int i = 0; i < 3000; i++) {
		pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		check("fork", pid);
		check("wait", waitpid(pid, NULL, 0));
	}
}
