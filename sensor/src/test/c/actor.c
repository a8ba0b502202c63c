/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Performs real system calls for the kernel tests. Each scene is one function;
 * what it prints, one "name value" a line, is what the test could not know.
 * usage: actor SCENE DIRECTORY
 */
#define _GNU_SOURCE
#include "actor.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

void say(const char *name, long value)
{
	printf("%s %ld\n", name, value);
}

void check(const char *what, long result)
{
	if (result < 0) {
		perror(what);
		exit(3);
	}
}

/* The raw calls: the C library would turn most of them into others. */
static long sys_open(const char *path, int flags, int mode)
{
	return syscall(SYS_open, path, flags, mode);
}

static void scene_open(void)
{
	struct open_how how = {.flags = O_RDONLY, .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH};
	struct stat st;
	long dir = sys_open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

	check("open .", dir);
	say("dir", dir);
	say("open", sys_open("made", O_CREAT | O_EXCL | O_WRONLY | O_TRUNC, 0640));
	check("stat", stat("made", &st));
	say("ino", st.st_ino);
	say("dev", st.st_dev);
	check("symlink", symlink("made", "link"));
	say("openat", syscall(SYS_openat, (int)dir, "link", O_RDWR | O_APPEND | O_NONBLOCK, 07777));
	say("openat2", syscall(SYS_openat2, (int)dir, "made", &how, sizeof(how)));
	say("creat", syscall(SYS_creat, "created", 0600));
	say("missing", syscall(SYS_openat, (int)dir, "no/such", O_RDONLY, 0));
	say("missing-cwd", sys_open("no/such", O_WRONLY, 0));
	say("badpath", sys_open((char *)8, O_RDONLY, 0));
	check("unlink", unlink("created"));
	say("deleted", sys_open("/proc/self/fd/7", O_RDONLY, 0));
}

static void scene_connect(void)
{
	struct sockaddr_in in = {.sin_family = AF_INET}, nobody = {.sin_family = AF_INET};
	struct sockaddr_in6 mapped = {.sin6_family = AF_INET6};
	struct sockaddr_un un = {.sun_family = AF_UNIX, .sun_path = "sock"};
	struct sockaddr_un abstract = {.sun_family = AF_UNIX};
	socklen_t length = sizeof(in);
	int listener = socket(AF_INET, SOCK_STREAM, 0), local, client, six;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check("bind", bind(listener, (void *)&in, sizeof(in)));
	check("listen", listen(listener, 5));
	getsockname(listener, (void *)&in, &length);
	say("port", ntohs(in.sin_port));
	client = socket(AF_INET, SOCK_STREAM, 0);
	say("client", client);
	check("connect", connect(client, (void *)&in, sizeof(in)));
	getsockname(client, (void *)&nobody, &length);
	say("client-port", ntohs(nobody.sin_port));
	say("accepted", syscall(SYS_accept, listener, NULL, NULL));
	six = socket(AF_INET6, SOCK_STREAM, 0);
	mapped.sin6_port = in.sin_port;
	inet_pton(AF_INET6, "::ffff:127.0.0.1", &mapped.sin6_addr);
	check("connect mapped", connect(six, (void *)&mapped, sizeof(mapped)));
	say("accepted4", syscall(SYS_accept4, listener, NULL, NULL, SOCK_CLOEXEC));
	nobody.sin_port = htons(1);
	nobody.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	say("refused", connect(socket(AF_INET, SOCK_STREAM, 0), (void *)&nobody, sizeof(nobody)));
	local = socket(AF_UNIX, SOCK_STREAM, 0);
	check("bind unix", bind(local, (void *)&un, sizeof(un)));
	check("listen unix", listen(local, 1));
	check("connect unix", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&un, sizeof(un)));
	say("accepted-unix", syscall(SYS_accept, local, NULL, NULL));
	memcpy(abstract.sun_path, "\0hidden\xff", 8);
	say("abstract", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&abstract,
				offsetof(struct sockaddr_un, sun_path) + 8));
	say("accept-nothing", syscall(SYS_accept, 0, NULL, NULL));
}

static void scene_dup(void)
{
	int memfd = memfd_create("plan", 0), pipes[2],
	    file = sys_open("made", O_CREAT | O_RDWR, 0600);

	check("pipe", pipe(pipes));
	say("file", file);
	say("dup", dup(file));
	say("dup2", syscall(SYS_dup2, pipes[0], 40));
	say("dup3", syscall(SYS_dup3, memfd, 41, O_CLOEXEC));
	say("fcntl", fcntl(file, F_DUPFD, 42));
	say("fcntl-cloexec", fcntl(file, F_DUPFD_CLOEXEC, 43));
	say("getfl", fcntl(file, F_GETFL));
	say("bad", dup(99));
}

static void scene_newfd(void)
{
	say("socket", socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP));
	say("memfd", memfd_create("plan", MFD_CLOEXEC | MFD_ALLOW_SEALING));
	say("userfaultfd", syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK));
	say("bpf", syscall(SYS_bpf, 5, NULL, 0));
}

static void scene_fd(void)
{
	int dir = sys_open(".", O_RDONLY | O_DIRECTORY, 0),
	    listener = socket(AF_INET, SOCK_STREAM, 0);

	say("dir", dir);
	say("listener", listener);
	check("listen", listen(listener, 7));
	check("fchmod", fchmod(dir, 0751));
	say("setns", setns(dir, CLONE_NEWNS));
	say("finit_module", syscall(SYS_finit_module, dir, "debug=1", 2));
}

static void scene_message(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET};
	socklen_t length = sizeof(to);
	char big[200], buffer[64], control[64] = "";
	int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0);
	struct iovec pieces[2] = {{"one", 3}, {"two!", 4}};
	struct iovec piece = {buffer, sizeof(buffer)};
	struct msghdr out = {
	    .msg_name = &to, .msg_namelen = sizeof(to), .msg_iov = pieces, .msg_iovlen = 2};
	struct msghdr in = {.msg_name = &to,
			    .msg_namelen = sizeof(to),
			    .msg_iov = &piece,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = 64};
	struct sockaddr_in from;
	int on = 1;

	memset(big, 'x', sizeof(big));
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	say("server", server);
	say("client", client);
	check("bind", bind(server, (void *)&to, sizeof(to)));
	getsockname(server, (void *)&to, &length);
	say("port", ntohs(to.sin_port));
	setsockopt(server, SOL_SOCKET, SO_TIMESTAMP, &on, sizeof(on));
	check("sendto", sendto(client, big, sizeof(big), 0, (void *)&to, sizeof(to)));
	getsockname(client, (void *)&from, &length);
	say("client-port", ntohs(from.sin_port));
	check("recvfrom", recvfrom(server, big, sizeof(big), 0, (void *)&from, &length));
	check("sendmsg", sendmsg(client, &out, 0));
	check("recvmsg", recvmsg(server, &in, 0));
	say("control", in.msg_controllen);
	say("nothing", recvfrom(server, big, sizeof(big), MSG_DONTWAIT, NULL, NULL));
}

static void scene_path(void)
{
	int dir = sys_open(".", O_RDONLY | O_DIRECTORY, 0);

	say("dir", dir);
	check("mkdir", syscall(SYS_mkdir, "a", 0755));
	check("mkdirat", syscall(SYS_mkdirat, dir, "b", 0700));
	check("rmdir", syscall(SYS_rmdir, "a"));
	check("unlinkat", syscall(SYS_unlinkat, dir, "b", AT_REMOVEDIR));
	close(sys_open("file", O_CREAT | O_WRONLY, 0600));
	check("chmod", syscall(SYS_chmod, "./file", 04711));
	check("fchmodat", syscall(SYS_fchmodat, dir, "file", 0640));
	check("unlink", syscall(SYS_unlink, "file"));
	say("umount2", syscall(SYS_umount2, "nowhere", MNT_DETACH));
	say("missing", syscall(SYS_unlink, "/no/such"));
}

static void scene_paths(void)
{
	int dir = sys_open(".", O_RDONLY | O_DIRECTORY, 0);

	say("dir", dir);
	close(sys_open("a", O_CREAT | O_WRONLY, 0600));
	check("rename", syscall(SYS_rename, "a", "b"));
	check("renameat", syscall(SYS_renameat, dir, "b", AT_FDCWD, "c"));
	check("renameat2", syscall(SYS_renameat2, AT_FDCWD, "c", dir, "d", 1));
	check("link", syscall(SYS_link, "d", "e"));
	check("linkat", syscall(SYS_linkat, dir, "d", AT_FDCWD, "f", AT_SYMLINK_FOLLOW));
	check("symlink", syscall(SYS_symlink, "d", "g"));
	check("symlinkat", syscall(SYS_symlinkat, "/target", dir, "h"));
}

static void scene_directory(void)
{
	int dir;

	check("mkdir", mkdir("sub", 0755));
	check("symlink", symlink("sub", "way"));
	check("chdir", chdir("way"));
	dir = sys_open("..", O_RDONLY | O_DIRECTORY, 0);
	say("dir", dir);
	check("fchdir", fchdir(dir));
	say("missing", chdir("no/such"));
	check("chroot", chroot("sub"));
	check("chdir /", chdir("/"));
}

static void scene_task(void)
{
	say("sid", setsid());
	check("unshare", unshare(CLONE_FILES | CLONE_FS));
	check("prctl", prctl(PR_SET_NAME, "another name that is long", 0, 0, 0));
	check("dumpable", prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
	check("kill", kill(getpid(), 0));
	check("tkill", syscall(SYS_tkill, getpid(), 0));
	check("tgkill", syscall(SYS_tgkill, getpid(), getpid(), 0));
	say("setpgid", setpgid(0, 0));
	check("setregid", syscall(SYS_setregid, -1, 3));
	check("setgid", syscall(SYS_setgid, 4));
	check("setresgid", syscall(SYS_setresgid, 5, 6, 7));
	check("setreuid", syscall(SYS_setreuid, 0, -1));
	check("setresuid", syscall(SYS_setresuid, 0, 1, 0));
	check("setuid", syscall(SYS_setuid, 0));
}

static void scene_ptrace(void)
{
	say("attach", syscall(SYS_ptrace, PTRACE_ATTACH, 2147480000, 1, 2));
	say("cont", syscall(SYS_ptrace, PTRACE_CONT, 2147480000, 0, SIGUSR1));
	say("seize", syscall(SYS_ptrace, PTRACE_SEIZE, 2147480000, 0, 3));
	say("unknown", syscall(SYS_ptrace, 0x7777, 2147480000, 0, 0));
}

static void scene_system(void)
{
	char image[100];

	memset(image, 'm', sizeof(image));
	say("mount", syscall(SYS_mount, "none", "no/where", "tmpfs", 0xC0ED0000 | MS_NOSUID, NULL));
	say("init_module", syscall(SYS_init_module, image, sizeof(image), "debug=1"));
}

static int child(void *ignored)
{
	(void)ignored;
	return 7;
}

static void scene_fork(void)
{
	static char stack[65536] __attribute__((aligned(16)));
	unsigned long args[11] = {CLONE_VFORK | CLONE_VM, 0, 0, 0, SIGCHLD};
	int pid, status;

	pid = syscall(SYS_fork);
	if (pid == 0)
		syscall(SYS_exit_group, 3);
	say("fork", pid);
	waitpid(pid, &status, 0);
	pid = vfork();
	if (pid == 0)
		_exit(4);
	say("vfork", pid);
	waitpid(pid, &status, 0);
	pid = clone(child, stack + sizeof(stack),
		    CLONE_NEWPID | CLONE_NEWNS | CLONE_FS * 0 | SIGCHLD, NULL);
	check("clone", pid);
	say("clone", pid);
	waitpid(pid, &status, 0);
	args[0] = CLONE_FILES;
	pid = syscall(SYS_clone3, args, 64);
	if (pid == 0)
		kill(getpid(), SIGKILL);
	say("clone3", pid);
	waitpid(pid, &status, 0);
	pid = clone(
	    child, stack + sizeof(stack),
	    CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM, NULL);
	check("thread", pid);
	say("thread", pid);
	usleep(20000);
}

static void scene_exec_failed(void)
{
	char *argv[] = {"zero", "one", "two words", NULL}, *envp[] = {NULL};
	int dir = sys_open(".", O_RDONLY | O_DIRECTORY, 0);

	say("execve", syscall(SYS_execve, "./missing", argv, envp));
	say("execveat", syscall(SYS_execveat, dir, "missing", argv, envp, 0));
}

static void scene_execveat(void)
{
	char *argv[] = {"zero", "exit", ".", NULL}, *envp[] = {"LIGHT=on", NULL};
	int self = sys_open("/proc/self/exe", O_RDONLY, 0);

	syscall(SYS_execveat, self, "", argv, envp, AT_EMPTY_PATH);
	perror("execveat");
	exit(3);
}

/* Runs a copy of itself that has no name in any directory. */
static void scene_memfd_exec(void)
{
	char *argv[] = {"ghost", "exit", ".", NULL}, *envp[] = {NULL}, buffer[65536], path[32];
	int self = sys_open("/proc/self/exe", O_RDONLY, 0), memfd = memfd_create("plan", 0);
	long n;

	while ((n = read(self, buffer, sizeof(buffer))) > 0)
		check("write", write(memfd, buffer, n));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", memfd);
	syscall(SYS_execve, path, argv, envp);
	perror("execve");
	exit(3);
}

static void scene_exit(void)
{
}

/* Files of many names, opened in many ways: for what the kernel may leave out. */
static void scene_filter(void)
{
	static const char *names[] = {"secret", "public", "log/syslog", "log/other",
				      "ssh/id_rsa.pub"};

	check("mkdir", mkdir("log", 0755));
	check("mkdir", mkdir("ssh", 0755));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		close(sys_open(names[i], O_CREAT | O_WRONLY, 0600));
		close(sys_open(names[i], O_RDONLY, 0));
		close(sys_open(names[i], O_RDWR, 0));
	}
	sys_open("missing/secret", O_RDONLY, 0);
	sys_open("./missing/public", O_RDONLY, 0);
	dup(0);
	close(dup(sys_open("public", O_RDONLY, 0)));
}

/* The same file under other names, each opened more than once. */
static void scene_moved(void)
{
	check("mkdir", mkdir("d", 0755));
	close(sys_open("d/first", O_CREAT | O_WRONLY, 0600));
	close(sys_open("d/first", O_RDONLY, 0));
	close(sys_open("d/first", O_RDONLY, 0));
	check("rename", rename("d/first", "d/moved"));
	close(sys_open("d/moved", O_RDONLY, 0));
	close(sys_open("d/moved", O_RDONLY, 0));
	check("rename", rename("d/moved", "d/first"));
	check("rename", rename("d", "e"));
	close(sys_open("e/first", O_RDONLY, 0));
	close(sys_open("e/first", O_RDONLY, 0));
	check("link", link("e/first", "moved"));
	close(sys_open("moved", O_RDONLY, 0));
}

/*
 * A filesystem as containers have it, in a mount namespace of its own: a file of
 * the image, a new one, and an image's program that was changed.
 */
static void scene_overlay(void)
{
	char options[600], cwd[128], *argv[] = {"drifted", "exit", ".", NULL}, *envp[] = {NULL};
	char command[64];
	int self;

	check("unshare", unshare(CLONE_NEWNS));
	check("private", mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	check("mkdir", mkdir("o", 0755));
	check("tmpfs", mount("none", "o", "tmpfs", 0, NULL));
	check("chdir", chdir("o"));
	check("mkdir", mkdir("lower", 0755) | mkdir("upper", 0755) | mkdir("work", 0755) |
			   mkdir("merged", 0755));
	close(sys_open("lower/image", O_CREAT | O_WRONLY, 0644));
	if (!getcwd(cwd, sizeof(cwd)))
		exit(3);
	snprintf(options, sizeof(options), "lowerdir=%s/lower,upperdir=%s/upper,workdir=%s/work",
		 cwd, cwd, cwd);
	check("overlay", mount("overlay", "merged", "overlay", 0, options));
	check("chdir", chdir("merged"));
	say("image", sys_open("image", O_RDONLY, 0));
	say("new", sys_open("new", O_CREAT | O_WRONLY, 0644));
	snprintf(command, sizeof(command), "cp /proc/%d/exe drifted", getpid());
	self = system(command);
	if (self != 0)
		exit(3);
	fflush(stdout);
	execve("./drifted", argv, envp);
	perror("execve");
	exit(3);
}

/* As fast as it can, to overrun a ring. */
static void scene_flood(void)
{
	for (int i = 0; i < 5000; i++)
		close(sys_open("flood", O_CREAT | O_WRONLY, 0600));
}

static void scene_flood_a_bit(void)
{
	for (int i = 0; i < 50; i++)
		close(sys_open(".", O_RDONLY, 0));
}

static void scene_unshare(void)
{
	check("unshare", unshare(CLONE_NEWUTS));
}

static const struct {
	const char *name;
	void (*play)(void);
} scenes[] = {
    {"open", scene_open},
    {"connect", scene_connect},
    {"dup", scene_dup},
    {"newfd", scene_newfd},
    {"fd", scene_fd},
    {"message", scene_message},
    {"path", scene_path},
    {"paths", scene_paths},
    {"directory", scene_directory},
    {"task", scene_task},
    {"ptrace", scene_ptrace},
    {"system", scene_system},
    {"fork", scene_fork},
    {"exec-failed", scene_exec_failed},
    {"execveat", scene_execveat},
    {"memfd-exec", scene_memfd_exec},
    {"exit", scene_exit},
    {"flood", scene_flood},
    {"forks", scene_forks},
    {"moving", scene_moving},
    {"links", scene_links},
    {"flood-a-bit", scene_flood_a_bit},
    {"unshare", scene_unshare},
    {"filter", scene_filter},
    {"moved", scene_moved},
    {"overlay", scene_overlay},
    {"owner", scene_owner},
    {"memory", scene_memory},
    {"protect", scene_protect},
    {"transfer", scene_transfer},
    {"pidfd", scene_pidfd},
    {"ring", scene_ring},
    {"pair", scene_pair},
    {"handle", scene_handle},
    {"filesystem", scene_filesystem},
    {"messages", scene_messages},
    {"foreign", scene_foreign},
    {"requests", scene_requests},
    {"places", scene_places},
    {"kinds", scene_kinds},
    {"nodes", scene_nodes},
};

int main(int argc, char **argv)
{
	if (argc < 3 || chdir(argv[2]) != 0)
		return 2;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(*scenes); i++) {
		if (strcmp(scenes[i].name, argv[1]) == 0) {
			scenes[i].play();
			fflush(stdout);
			return 0;
		}
	}
	return 2;
}
