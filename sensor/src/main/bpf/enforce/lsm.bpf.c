// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Refuses execs where the kernel has BPF security modules: with EPERM, before the
 * new image exists, whoever does or does not listen in user space. Only what
 * needs no rule's condition: a file that the image did not bring, a path that
 * nobody may run. Loaded only where Java found that such programs are called.
 */
#include "guard.h"
#include "../extract/syscall.h"
#include "../store/exec_failed.h"
#include "../store/object.h"

#define EPERM	    1
#define RAMFS_MAGIC 0x858458f6
#define HASH_BASIS  0xcbf29ce484222325ULL
#define HASH_PRIME  0x100000001b3ULL

/* What no program may be called in a cgroup. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prohibited_key);
	__type(value, u32);
} prohibited SEC(".maps");

/* On the overlay's upper layer, in memory, or deleted. */
static __always_inline bool refuse__is_foreign(struct file *f)
{
	struct inode *inode = BPF_CORE_READ(f, f_inode);
	u64 magic = BPF_CORE_READ(inode, i_sb, s_magic);
	struct view v = {.inode = (u64)inode, .magic = magic};

	if (magic == TMPFS_MAGIC || magic == RAMFS_MAGIC || magic == HUGETLBFS_MAGIC)
		return true;
	v.links = BPF_CORE_READ(inode, i_nlink);
	return file__facts(f, &v) & (FD_FACT_UPPER_LAYER | FD_FACT_MEMFD | FD_FACT_DELETED);
}

/*
 * Whether the file's path, as the caller sees it, is prohibited in a cgroup. A
 * function of its own, since the path takes half of the stack.
 */
static __noinline int refuse__is_listed(struct linux_binprm *bprm, u64 cgroup)
{
	struct prohibited_key key = {.cgroup = cgroup, .path = HASH_BASIS};
	char path[PROHIBITED_PATH_BYTES];

	if (bpf_d_path(&bprm->file->f_path, path, sizeof(path)) <= 0)
		return 0;
	for (u32 i = 0; i < sizeof(path) && path[i]; i++)
		key.path = (key.path ^ (u8)path[i]) * HASH_PRIME;
	return bpf_map_lookup_elem(&prohibited, &key) != NULL;
}

/* An exec that failed, with the flag that says by whom and the very file as object. */
static __noinline int refuse__tell(struct linux_binprm *bprm)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	bool at = BPF_CORE_READ(bprm, fdpath);
	u32 type = at ? EVENT_SYSCALL_EXECVEAT_X : EVENT_SYSCALL_EXECVE_19_X;
	struct scratch *s = scratch__take(type);

	if (!s)
		return 0;
	s->type = type;
	context__fill(&s->context, t);
	ring__begin(s, type, t->pid);
	s->flags |= CONTEXT_REFUSED;
	__builtin_memset(s->args, 0, sizeof(s->args));
	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_task_pt_regs))
		syscall__load_args(s, t, (void *)bpf_task_pt_regs(t));
	exec_failed__store(s, t, -EPERM, at);
	if (!at)
		store__kernel_text(s, BPF_CORE_READ(bprm, filename));
	store__context(s);
	store__open(s);
	object__append(s->slot, (u64)BPF_CORE_READ(bprm, file));
	store__close(s);
	store__exec_detail(s, t); /* of the file that was looked at last: the refused one */
	store__empty(s);
	ring__end(s, &lifecycle);
	return 0;
}

SEC("lsm/bprm_check_security")
int BPF_PROG(refuse_exec, struct linux_binprm *bprm, int ret)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct enforcement *e = guard__state();
	u64 cgroup = 0;
	u64 flags;

	if (ret)
		return ret;
	if (!e || !e->refuses || !e->armed || task__mount_ns(t) == e->host_mount_ns)
		return 0;
	flags = guard__armed(t, &cgroup);
	if (!(flags & ARMED_REFUSE_FOREIGN && refuse__is_foreign(bprm->file)) &&
	    !(flags & ARMED_REFUSE_LISTED && refuse__is_listed(bprm, cgroup)))
		return 0;
	__sync_fetch_and_add(&e->refused, 1);
	refuse__tell(bprm);
	/* Constants only: a computed result may be refused by the verifier (6.12). */
	return -EPERM;
}
