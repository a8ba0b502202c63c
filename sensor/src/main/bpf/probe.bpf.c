// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * One harmless program per type, loaded and attached for a moment to see what
 * this kernel lets us do. Each is named for the type.
 */
#include "base/kernel.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define SIGKILL 9

SEC("tp_btf/sched_process_exec")
int probe_tp_btf(void *ctx)
{
	return 0;
}

SEC("raw_tp/sched_process_exec")
int probe_raw_tp(void *ctx)
{
	return 0;
}

SEC("tp/sched/sched_process_exec")
int probe_tracepoint(void *ctx)
{
	return 0;
}

SEC("fentry/security_bprm_check")
int probe_fentry(void *ctx)
{
	return 0;
}

SEC("fmod_ret/security_bprm_check")
int BPF_PROG(probe_fmod_ret, void *bprm, int ret)
{
	return ret;
}

SEC("kprobe/security_bprm_check")
int probe_kprobe(void *ctx)
{
	return 0;
}

SEC("lsm/bprm_check_security")
int BPF_PROG(probe_lsm, void *bprm, int ret)
{
	return ret;
}

struct bpf_iter__task;

SEC("iter/task")
int probe_iter(struct bpf_iter__task *ctx)
{
	return 0;
}

/* Never true, and not a constant, which the verifier would fold: whether the helper is allowed is
 * decided when the program is loaded. */
volatile __u32 nobody = 0;

SEC("tp_btf/sched_process_exec")
int probe_send_signal(void *ctx)
{
	if (nobody)
		bpf_send_signal(SIGKILL);
	return 0;
}
