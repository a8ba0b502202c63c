// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * chdir, fchdir, chroot: the object is the directory where the process stands
 * afterwards, resolved; of chroot the new root, as the rest of the mount
 * namespace sees it.
 */
#include "../store/call.h"

static __always_inline void directory__store_object(struct scratch *s, bool root)
{
	struct task_struct *t = (void *)bpf_get_current_task();
	struct fs_struct *fs = BPF_CORE_READ(t, fs);
	struct path *at = root ? (struct path *)&fs->root : (struct path *)&fs->pwd;
	struct inode *inode = BPF_CORE_READ(at, dentry, d_inode);
	struct object o = {
	    .kind = FD_KIND_DIRECTORY,
	    .inode = BPF_CORE_READ(inode, i_ino),
	    .device = BPF_CORE_READ(inode, i_sb, s_dev),
	    .facts = inode__layer(inode, BPF_CORE_READ(inode, i_sb, s_magic)),
	};

	if (root)
		path__resolve_outside(s, at);
	else
		path__resolve(s, at);
	store__open(s);
	store__append(s, &o, sizeof(o));
	store__append_walked(s);
	store__close(s);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(directory_exit, struct pt_regs *regs, long ret)
{
	struct scratch *s = call__begin();

	if (!s)
		return 0;
	store__s64(s, ret);
	if (s->type == EVENT_SYSCALL_FCHDIR_X)
		store__s64(s, (s32)s->args[0]);
	else
		store__given(s, s->args[0], &s->given[0]);
	store__context(s);
	if (ret == 0)
		directory__store_object(s, s->type == EVENT_SYSCALL_CHROOT_X);
	else
		store__path_object(s, AT_FDCWD, 0, true);
	store__empty(s);
	store__empty(s);
	ring__end_call(s);
	return 0;
}
