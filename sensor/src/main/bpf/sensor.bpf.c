// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The one compilation unit: every family of hooks, sharing maps and configuration. */
#include "abi/export.h"
#include "trace/agent.bpf.c"
#include "trace/exec.bpf.c"
#include "trace/exec_failed.bpf.c"
#include "trace/fork.bpf.c"
#include "trace/exit.bpf.c"
#include "trace/syscall.bpf.c"
#include "trace/open.bpf.c"
#include "trace/connect.bpf.c"
#include "trace/dup.bpf.c"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
