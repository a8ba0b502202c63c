// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The one compilation unit: every family of hooks, sharing maps and configuration. */
#include "abi/export.h"
#include "trace/agent.bpf.c"
#include "enforce/inspect.bpf.c"
#include "trace/exec.bpf.c"
#include "trace/exec_failed.bpf.c"
#include "trace/fork.bpf.c"
#include "trace/exit.bpf.c"
#include "trace/syscall.bpf.c"
#include "trace/open.bpf.c"
#include "trace/connect.bpf.c"
#include "trace/dup.bpf.c"
#include "trace/newfd.bpf.c"
#include "trace/fd.bpf.c"
#include "trace/message.bpf.c"
#include "trace/path.bpf.c"
#include "trace/paths.bpf.c"
#include "trace/directory.bpf.c"
#include "trace/task.bpf.c"
#include "trace/ptrace.bpf.c"
#include "trace/system.bpf.c"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
