// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of the integer types, as the kernel has them. */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s8 __s8;
typedef s16 __s16;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u64 __be64;
typedef u32 __wsum;
typedef _Bool bool;
typedef int pid_t;

#define offsetof(type, member) __builtin_offsetof(type, member)
#define NULL		       ((void *)0)
#define true 1
#define false 0
