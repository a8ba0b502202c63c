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

/* How often the security module was called. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} fired SEC(".maps");

/* Created only when it is what is tried. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} ring SEC(".maps");

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

/* Attaching says nothing of whether it is ever called: bpf may be missing among the modules in
 * force. A file is easily opened. */
SEC("lsm/file_open")
int BPF_PROG(probe_lsm, void *file, int ret)
{
	__u32 zero = 0;
	__u64 *count = bpf_map_lookup_elem(&fired, &zero);

	if (count)
		*count += 1;
	return ret;
}

struct bpf_iter__task;

SEC("iter/task")
int probe_iter(struct bpf_iter__task *ctx)
{
	return 0;
}

SEC("raw_tp/sched_process_exec")
int probe_ringbuf(void *ctx)
{
	return bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) > 1 << 16;
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
