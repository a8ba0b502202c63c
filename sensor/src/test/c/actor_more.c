/* SPDX-License-Identifier: Apache-2.0 */
/* More scenes of the actor: calls whose arguments are told one by one. */
#define _GNU_SOURCE
#include "actor.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/mount.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/capability.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int make(const char *name, const char *content)
{
	int file = open(name, O_CREAT | O_RDWR, 0644);

	check("open", file);
	check("write", write(file, content, strlen(content)));
	check("lseek", lseek(file, 0, SEEK_SET));
	return file;
}

void scene_owner(void)
{
	int dir = open(".", O_RDONLY | O_DIRECTORY), file = make("owned", "");

	say("dir", dir);
	say("file", file);
	check("symlink", symlink("owned", "link"));
	check("chown", syscall(SYS_chown, "owned", 1, 2));
	check("lchown", syscall(SYS_lchown, "link", 3, -1));
	check("fchown", syscall(SYS_fchown, file, 4, 5));
	check("fchownat", syscall(SYS_fchownat, dir, "link", 6, 7, AT_SYMLINK_NOFOLLOW));
	check("empty", syscall(SYS_fchownat, file, "", 8, 9, AT_EMPTY_PATH));
}

void scene_memory(void)
{
	int file = make("mapped", "x");
	char theirs[] = "secret text", mine[64] = "";
	struct iovec local = {mine, 6}, remote = {theirs, sizeof(theirs)};
	void *page;
	long key;

	say("file", file);
	page = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_DENYWRITE, file, 0);
	check("mmap", page == MAP_FAILED ? -1 : 0);
	say("page", (long)page);
	check("mprotect", mprotect(page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC));
	key = syscall(SYS_pkey_mprotect, page, 4096, PROT_EXEC, -1);
	say("pkey", key);
	check("readv", syscall(SYS_process_vm_readv, getpid(), &local, 1, &remote, 1, 0));
	check("writev", syscall(SYS_process_vm_writev, getpid(), &local, 1, &remote, 1, 0));
	say("nobody", syscall(SYS_process_vm_readv, 2147480000, &local, 1, &remote, 1, 0));
}

/* Anonymous memory, and a file in its second page. */
void scene_protect(void)
{
	int file = make("mapped", "x");
	char *pages = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	say("pages", (long)pages);
	check("mapped",
	      mmap(pages + 4096, 4096, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) == MAP_FAILED);
	check("write", mprotect(pages, 4096, PROT_READ | PROT_WRITE));
	check("anonymous", mprotect(pages, 4096, PROT_READ | PROT_EXEC));
	check("both", mprotect(pages, 8192, PROT_READ | PROT_EXEC));
	check("read", mprotect(pages, 8192, PROT_READ));
}

void scene_transfer(void)
{
	int from = make("from", "0123456789"), to = make("to", ""), ends[2];
	off_t offset = 2, to_offset = 5;

	check("pipe", pipe(ends));
	say("from", from);
	say("to", to);
	say("read-end", ends[0]);
	say("write-end", ends[1]);
	check("sendfile", syscall(SYS_sendfile, to, from, &offset, 4));
	say("offset", offset);
	offset = 1;
	check("copy", syscall(SYS_copy_file_range, from, &offset, to, &to_offset, 3, 0));
	check("splice", syscall(SYS_splice, from, NULL, ends[1], NULL, 5, SPLICE_F_MORE));
}

void scene_pidfd(void)
{
	int self = syscall(SYS_pidfd_open, getpid(), O_NONBLOCK);

	check("pidfd_open", self);
	say("self", self);
	say("stolen", syscall(SYS_pidfd_getfd, self, 1, 0));
	check("signal", syscall(SYS_pidfd_send_signal, self, 0, NULL, 0));
	say("nobody", syscall(SYS_pidfd_open, 2147480000, 0));
}

void scene_ring(void)
{
	struct io_uring_params params = {.flags = IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP,
					 .cq_entries = 32};
	int ring = syscall(SYS_io_uring_setup, 4, &params);

	say("ring", ring);
	say("features", params.features);
	say("enter", syscall(SYS_io_uring_enter, ring, 0, 0, IORING_ENTER_GETEVENTS, NULL, 0));
	say("register", syscall(SYS_io_uring_register, ring, IORING_UNREGISTER_BUFFERS, NULL, 0));
}

void scene_pair(void)
{
	int ends[2];

	check("socketpair", syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends));
	say("first", ends[0]);
	say("second", ends[1]);
	check("shutdown", shutdown(ends[0], SHUT_WR));
	say("ioctl", ioctl(ends[0], FIONREAD, &ends[1]));
	say("delete_module", syscall(SYS_delete_module, "no-such", O_NONBLOCK | O_TRUNC));
}

void scene_handle(void)
{
	union {
		struct file_handle handle;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} at = {.handle = {.handle_bytes = MAX_HANDLE_SZ}};
	int mount_id, dir = open(".", O_RDONLY | O_DIRECTORY);
	struct stat st;

	close(make("handled", ""));
	check("stat", stat("handled", &st));
	say("ino", st.st_ino);
	say("dev", st.st_dev);
	say("dir", dir);
	check("name_to_handle_at", name_to_handle_at(dir, "handled", &at.handle, &mount_id, 0));
	say("opened", open_by_handle_at(dir, &at.handle, O_RDWR));
	at.handle.handle_type = -1;
	say("stale", open_by_handle_at(dir, &at.handle, O_RDONLY));
}

void scene_filesystem(void)
{
	int context = syscall(SYS_fsopen, "tmpfs", 0), mount;

	check("fsopen", context);
	say("context", context);
	check("fsconfig", syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, "size", "64k", 0));
	check("create", syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	mount = syscall(SYS_fsmount, context, 0, 0);
	check("fsmount", mount);
	/* Nowhere: the machine keeps its mounts. */
	say("move_mount",
	    syscall(SYS_move_mount, mount, "", AT_FDCWD, "no/where", MOVE_MOUNT_F_EMPTY_PATH));
}

void scene_messages(void)
{
	int server = socket(AF_INET, SOCK_DGRAM, 0), client = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in to[2] = {{.sin_family = AF_INET}, {.sin_family = AF_INET}};
	struct iovec pieces[2] = {{"one", 3}, {"second", 6}};
	struct mmsghdr out[2] = {{0}}, in[1] = {{0}};
	socklen_t length = sizeof(to[0]);
	char buffer[64];
	struct iovec piece = {buffer, sizeof(buffer)};

	to[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check("bind", bind(server, (void *)&to[0], sizeof(to[0])));
	getsockname(server, (void *)&to[0], &length);
	to[1] = to[0];
	to[1].sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
	for (int i = 0; i < 2; i++) {
		out[i].msg_hdr.msg_name = &to[i];
		out[i].msg_hdr.msg_namelen = sizeof(to[i]);
		out[i].msg_hdr.msg_iov = &pieces[i];
		out[i].msg_hdr.msg_iovlen = 1;
	}
	in[0].msg_hdr.msg_iov = &piece;
	in[0].msg_hdr.msg_iovlen = 1;
	say("port", ntohs(to[0].sin_port));
	say("server", server);
	say("client", client);
	say("sent", syscall(SYS_sendmmsg, client, out, 2, 0));
	say("received", syscall(SYS_recvmmsg, server, in, 1, 0, NULL));
	say("failed", syscall(SYS_sendmmsg, 99, out, 2, 0));
}

/* The numbers of other binary interfaces; where the kernel has none, the attempt is told. */
void scene_foreign(void)
{
	static char path[] __attribute__((aligned(4))) = "foreign";
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	long result = 5; /* open */

	check("mmap", low == MAP_FAILED ? -1 : 0);
	memcpy(low, path, sizeof(path));
	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 : "b"(low), "c"(O_CREAT | O_WRONLY), "d"(0640)
			 : "memory", "r8", "r9", "r10", "r11");
	say("ia32", (int)result);
	result = 22; /* umount */
	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 : "b"(low)
			 : "memory", "r8", "r9", "r10", "r11");
	say("umount", (int)result);
	say("x32", syscall(0x40000000 + SYS_open, "elsewhere", O_RDONLY, 0));
	say("x32-own", syscall(0x40000000 + 521, 16, 2147480000, 0, 0));
}

/* Files where a path alone does not say which file it is. */
void scene_places(void)
{
	int context, detached, dir, plain;

	check("unshare", unshare(CLONE_NEWNS));
	check("private", mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	check("mkdir", mkdir("real", 0755) | mkdir("bound", 0755) | mkdir("deep", 0755));
	close(make("real/file", "x"));
	check("bind", mount("real", "bound", NULL, MS_BIND, NULL));
	say("bound", open("bound/file", O_RDONLY));
	dir = open("bound", O_RDONLY | O_DIRECTORY);
	check("symlink", symlink("../bound", "deep/way"));
	check("chdir", chdir("deep"));
	say("wound", open("way/../real/./file", O_RDONLY));
	say("beside", openat(dir, "../deep/way/file", O_RDONLY));
	check("chdir", chdir(".."));
	/* Its directory goes while it is open. */
	check("mkdir", mkdir("gone", 0755));
	plain = make("gone/file", "x");
	check("unlink", unlink("gone/file"));
	check("rmdir", rmdir("gone"));
	check("fchmod", fchmod(plain, 0600));
	check("tmpfile", open(".", O_TMPFILE | O_WRONLY, 0600));
	context = syscall(SYS_fsopen, "tmpfs", 0);
	check("create", syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
	detached = syscall(SYS_fsmount, context, 0, 0);
	check("fsmount", detached);
	say("nowhere", openat(detached, "secret", O_CREAT | O_WRONLY, 0600));
	say("proc", open("/proc/self/root/etc/passwd", O_RDONLY));
}

void scene_kinds(void)
{
	struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
	int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), ends[2];

	say("netlink", netlink);
	check("connect", connect(netlink, (void *)&nl, sizeof(nl)));
	check("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
	say("pair", ends[0]);
	check("fchmod", fchmod(ends[0], 0600));
}

void scene_nodes(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	int dir = open(".", O_RDONLY | O_DIRECTORY);

	say("dir", dir);
	check("mknod", syscall(SYS_mknod, "fifo", S_IFIFO | 0640, 0));
	check("mknodat", syscall(SYS_mknodat, dir, "null", S_IFCHR | 0600, 0x103));
	check("capget", syscall(SYS_capget, &header, data));
	data[0].effective &= ~(1u << CAP_SYS_BOOT);
	data[0].inheritable = 1u << CAP_KILL;
	check("capset", syscall(SYS_capset, &header, data));
	say("permitted", data[0].permitted | (long)data[1].permitted << 32);
	say("effective", data[0].effective | (long)data[1].effective << 32);
	say("seccomp",
	    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, NULL));
}
