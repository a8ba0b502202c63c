// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Names every type of the border, so that the compiled object describes them
 * (BTF) and AbiTest can compare them with Java's. The function is never called,
 * hence never loaded.
 */
#pragma once
#include "config.h"
#include "enforce.h"
#include "event.h"

struct abi {
	struct record_prefix prefix;
	struct record_header header;
	struct context context;
	struct object object;
	struct exec_detail exec_detail;
	struct fork_detail fork_detail;
	struct config config;
	struct demand demand;
	struct plan plan;
	struct enforcement enforcement;
	struct judged_key judged_key;
	struct prohibited_key prohibited_key;
	enum armed_flag armed_flag;
	enum judged judged;
	struct loss loss;
	enum worth worth;
	enum canary canary;
	enum event_type event_type;
	enum plan_kind plan_kind;
	enum plan_object plan_object;
	enum plan_links plan_links;
	enum extension extension;
	enum context_flag context_flag;
	enum fd_kind fd_kind;
	enum fd_fact fd_fact;
	enum fd_role fd_role;
};

__attribute__((noinline)) int abi__export(struct abi *all)
{
	return all->event_type;
}
