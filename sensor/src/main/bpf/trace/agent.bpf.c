// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Run once by the agent itself, as a test run: the kernel then knows the agent
 * by its number in the initial pid namespace, wherever the agent lives.
 */
#include "../base/scratch.h"

SEC("raw_tp")
int remember_agent(void *ctx)
{
	config.agent_tgid = bpf_get_current_pid_tgid() >> 32;
	return 0;
}
