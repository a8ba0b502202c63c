// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Reading the kernel's memory by address. A helper call costs some 20 ns a
 * field; since 6.2 a plain load does, fault-proof, if the address is given a
 * type first.
 */
#pragma once
#include "maps.h"

enum special_kfunc_type { KF_bpf_rdonly_cast };
extern void *bpf_rdonly_cast(const void *address, u32 type) __ksym __weak;

#define SEE_POSSIBLE bpf_core_enum_value_exists(enum special_kfunc_type, KF_bpf_rdonly_cast)
#define SEE(type, address)                                                                         \
	((struct type *)bpf_rdonly_cast((const void *)(address),                                   \
					bpf_core_type_id_kernel(struct type)))

/*
 * One field, in the cheapest way that this kernel has; 0 where there is no such
 * memory. The address is taken first: what it is made of is ours and needs no
 * relocation.
 */
#define PEEK(type, address, field)                                                                 \
	({                                                                                         \
		u64 __at = (u64)(address);                                                         \
                                                                                                   \
		SEE_POSSIBLE ? SEE(type, __at)->field : BPF_CORE_READ((struct type *)__at, field); \
	})
