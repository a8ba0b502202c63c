// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Calls whose record is their result and then their arguments one by one: a
 * plan says how. Java writes the plans (CallPlan).
 */
#pragma once
#include "../base/types.h"

#define PLAN_STEPS 12

/* What a step stores; in a step's high five bits. The low three are the argument, or which part. */
enum plan_kind {
	PLAN_END = 0,
	PLAN_FD, /* 32 bits with a sign, as 64 */
	PLAN_U8,
	PLAN_U16,
	PLAN_U32,
	PLAN_U64,
	PLAN_TEXT,
	PLAN_PATH,	 /* remembered: the object may be made of it */
	PLAN_EMPTY,	 /* a parameter that this call has not */
	PLAN_OFFSET,	 /* the 64 bits that the argument points to */
	PLAN_DATA,	 /* bytes there, as many as the call says it moved */
	PLAN_PIECE,	 /* the same of the first piece of a vector */
	PLAN_PROTECTION, /* flags, portable from here on */
	PLAN_MAPPING,
	PLAN_AT,
	PLAN_DESCRIPTOR,
	PLAN_OPEN,
	PLAN_UNLOAD,
	PLAN_NONBLOCK,
	PLAN_USAGE,	   /* three parameters: the memory of the process */
	PLAN_RING,	   /* a part of io_uring_params, to which argument 1 points */
	PLAN_RESULT,	   /* a part of the file that the call returned */
	PLAN_PAIR,	   /* one of the two fds to which argument 3 or 0 points, or what it is */
	PLAN_SETTING,	   /* a part of what fsconfig sets */
	PLAN_CAPABILITIES, /* three parameters: those the caller has now */
};

enum plan_object {
	PLAN_OBJECT_NONE = 0,
	PLAN_OBJECT_RESULT = 1,
	PLAN_OBJECT_FD = 8,	 /* + the argument */
	PLAN_OBJECT_PATH = 16,	 /* relative to the working directory */
	PLAN_OBJECT_AT = 24,	 /* + the argument that is the directory's fd */
	PLAN_OBJECT_MAPPED = 32, /* + the address of memory; its length follows */
};

/* What becomes of a link that is the last component of the path. */
enum plan_links {
	PLAN_LINKS_KEPT = 0,
	PLAN_LINKS_FOLLOWED,
	PLAN_LINKS_AS_TOLD, /* followed unless argument 4 has AT_SYMLINK_NOFOLLOW */
};

struct plan {
	u8 steps[PLAN_STEPS];
	u8 object;
	u8 links;
	u8 reserved[2];
};
