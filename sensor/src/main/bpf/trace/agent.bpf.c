// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Run once by the agent itself, as a test run: the kernel then knows the agent
 * by its number in the initial pid namespace, wherever the agent lives, and the
 * mount namespace of the first process, which is the host's.
 */
#include "../base/scratch.h"

#define ANCESTORS_MAX 64

SEC("raw_tp")
int remember_agent(void *ctx)
{
	struct task_struct *t = (void *)bpf_get_current_task();

	config.agent_tgid = bpf_get_current_pid_tgid() >> 32;
	for (u32 i = 0; i < ANCESTORS_MAX && BPF_CORE_READ(t, tgid) > 1; i++)
		t = BPF_CORE_READ(t, real_parent);
	if (BPF_CORE_READ(t, tgid) == 1)
		config.host_mount_ns = BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum);
	return 0;
}
