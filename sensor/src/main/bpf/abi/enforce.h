// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The border of enforcement: what Java armed, and one struct that both sides
 * map. See docs/enforcement.md for how the gate and the kernel share the work.
 */
#pragma once
#include "../base/types.h"

/* What is done about execs of an armed cgroup that the gate did not judge. */
enum armed_flag {
	ARMED_HOLD = 1 << 0,	       /* stopped until Java has judged */
	ARMED_KILL_FOREIGN = 1 << 1,   /* from memory or a deleted file: ended at once */
	ARMED_REFUSE_FOREIGN = 1 << 2, /* what the image did not bring fails, where the kernel has
					  BPF security modules */
	ARMED_REFUSE_LISTED = 1 << 3,  /* and what has a path of those prohibited */
};

/* A path that no program may have in a cgroup. */
struct prohibited_key {
	u64 cgroup;
	u64 path; /* its hash, as of the paths that matter */
};

/* Longer ones are not judged by the security module. */
#define PROHIBITED_PATH_BYTES 256

/* What the gate said of a file that a task is about to execute. */
enum judged {
	JUDGED_PASS = 1,
	JUDGED_KILL = 2,
};

/*
 * Looks at held files are numbered; what the gate says of one is written to the word
 * of its number, with that number: number << ANSWER_SHIFT | enum judged. One word, so
 * that whoever reads it has both or neither, and no call of the gate's.
 */
#define ANSWERS	     8192
#define ANSWER_SHIFT 2
#define ANSWER_MASK  3

/* PATH_MAX. */
#define LOOK_PATH_BYTES 4096

struct judged_key {
	u32 tid;
	u32 device; /* major << 20 | minor */
	u64 inode;
};

/* Programs of the image that pass in an armed cgroup whatever else is true of an exec. */
enum standing {
	STANDING_UNLESS_NAMED = 1, /* called by one of the names that matter it does not stand */
	STANDING_ANY_NAME = 2,
};

struct standing_key {
	u64 cgroup;
	u64 inode;
	u32 device;	/* major << 20 | minor */
	u32 generation; /* of the policies that it was judged by */
};

/* A task's comm, padded with zeros. */
struct name_key {
	char name[16];
};

struct enforcement {
	u64 heartbeat;	/* monotonic clock, ns: when Java last looked */
	u64 patience;	/* ns after which a heart counts as dead */
	u32 armed;	/* cgroups in the map; 0 spares the look-up */
	u32 generation; /* of what stands; what has another is void */
	s32 file;	/* fd of the agent that it is to look at */
	u32 facts;	/* its answer from here on: enum fd_fact */
	u64 inode;
	u64 filesystem;
	u64 ctime;
	u64 mtime;
	u32 device;
	u32 mode;
	u32 links;
	u32 uid;
	u32 gid;
	u32 host_mount_ns; /* who lives in it is on the way into a container at most */
	u64 held;	   /* execs stopped so far */
	u64 killed;	   /* execs ended here so far */
	u64 passed_dead;   /* execs let go because Java's heart did not beat */
	u64 stood;	   /* execs that passed because their program stands */
	u32 holds_young;   /* whether the first process of a new container is stopped, too */
	s32 caller; /* who holds that fd's file open: the thread that is held; 0 for nobody */
	u64 caller_cgroup; /* its armed cgroup, in answer; 0 for none */
	u64 agent;	   /* the agent's struct signal_struct: whether it is about to end */
	u64 refused;	   /* execs that the security module refused so far */
	u32 refuses;	   /* whether it may refuse anything at all */
	u32 look;	   /* the number of this look at what is held; 0 for none */
	u32 path_length;   /* in answer; 0 where the path could not be followed */
	u32 reserved;
	char path[LOOK_PATH_BYTES]; /* not terminated; without " (deleted)" */
};
