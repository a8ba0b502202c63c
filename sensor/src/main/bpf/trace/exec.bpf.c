// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A successful exec, from the scheduler's tracepoint: the new image stands, no
 * instruction of it has run. (At sys_exit the old address space is gone.)
 */
#include "../store/task.h"
#include "../store/stdio.h"
#include "../extract/exe.h"

#define EXECVE_PARAMS	31
#define EXECVEAT_PARAMS 30

static __always_inline void exec__store_identity(struct scratch *s, struct task_struct *t)
{
	const struct cred *cred = BPF_CORE_READ(t, cred);
	struct file *exe = BPF_CORE_READ(t, mm, exe_file);
	struct inode *inode = BPF_CORE_READ(exe, f_inode);
	u64 caps = 0;

	store__u32(s, task__tty(t));
	store__s64(s, pid__inner(task__pid(t, PID_OF_PROCESS_GROUP)));
	store__u32(s, task__loginuid(t));
	store__u32(s, exe__flags(t, exe));
	bpf_core_read(&caps, sizeof(caps), &cred->cap_inheritable);
	store__u64(s, caps);
	bpf_core_read(&caps, sizeof(caps), &cred->cap_permitted);
	store__u64(s, caps);
	bpf_core_read(&caps, sizeof(caps), &cred->cap_effective);
	store__u64(s, caps);
	store__u64(s, BPF_CORE_READ(inode, i_ino));
	store__u64(s, inode__ctime(inode));
	store__u64(s, inode__mtime(inode));
	store__u32(s, BPF_CORE_READ(cred, euid.val));
	path__resolve(s, (struct path *)&exe->f_path, t);
	store__open(s);
	store__append_walked(s);
	store__close(s);
	store__s64(s, pid__outer(task__pid(t, PID_OF_PROCESS_GROUP)));
	store__u32(s, BPF_CORE_READ(cred, egid.val));
}

static __always_inline void exec__store_detail(struct scratch *s, struct task_struct *t)
{
	struct inode *inode = BPF_CORE_READ(t, mm, exe_file, f_inode);
	struct exec_detail d = {
		.start_ns = BPF_CORE_READ(t, start_boottime),
		.parent_start_ns = BPF_CORE_READ(t, real_parent, group_leader, start_boottime),
		.pid_ns = BPF_CORE_READ(task__pid_ns(t), ns.inum),
		.mount_ns = task__mount_ns(t),
		.link_count = BPF_CORE_READ(inode, i_nlink),
		.filesystem = BPF_CORE_READ(inode, i_sb, s_magic),
		.device = BPF_CORE_READ(inode, i_sb, s_dev),
		.mode = BPF_CORE_READ(inode, i_mode),
	};

	cgroup__resolve(s, t);
	store__open(s);
	store__append(s, &d, sizeof(d));
	store__append_walked(s);
	store__close(s);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(sched_process_exec, struct task_struct *t, pid_t old_pid, struct linux_binprm *bprm)
{
	/*
	 * The kernel overwrites the syscall number at exec; what remains of
	 * execveat is the path it builds when it was given a directory fd.
	 */
	bool at = BPF_CORE_READ(bprm, fdpath);
	u32 type = at ? EVENT_SYSCALL_EXECVEAT_X : EVENT_SYSCALL_EXECVE_19_X;
	struct mm_struct *mm = BPF_CORE_READ(t, mm);
	struct scratch *s;

	if (task__is_agent())
		return 0;
	s = scratch__take(type);
	if (!s)
		return 0;
	ring__begin(s, type, BPF_CORE_READ(t, pid), at ? EXECVEAT_PARAMS : EXECVE_PARAMS);
	store__s64(s, 0);
	store__arguments(s, t, ARGS_MAX);
	store__ids(s, t);
	store__cwd(s, t);
	store__usage(s, t);
	store__comm(s, t);
	store__cgroups(s, t);
	if (config.environment) {
		u64 from = BPF_CORE_READ(mm, env_start);

		store__user_bytes(s, from, BPF_CORE_READ(mm, env_end) - from, ENV_MAX);
	} else {
		store__empty(s);
	}
	exec__store_identity(s, t);
	if (!at)
		store__kernel_text(s, BPF_CORE_READ(bprm, filename));
	store__context(s, t);
	store__empty(s);
	exec__store_detail(s, t);
	store__stdio(s, t);
	ring__end(s, &lifecycle);
	return 0;
}
