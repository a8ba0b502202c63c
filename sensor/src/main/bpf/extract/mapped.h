// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The file behind a range of the current task's memory. */
#pragma once
#include "file.h"
#include "interest.h"

/* A range may begin in the middle of other mappings: this many are looked at. */
#define MAPPINGS_MAX 8

/* Opened by overlayfs for itself: bit 25 since 6.5, 24 since 6.14. */
#define FMODE_MAYBE_BACKING (3u << 24)

#define PROT_EXEC 4

struct mapping {
	u64 file;
	u64 end;
};

static long mapping__note(struct task_struct *t, struct vm_area_struct *area,
			  struct mapping *mapping)
{
	/* By value: a load would leave a pointer there, which a global function cannot return. */
	bpf_core_read(&mapping->file, sizeof(mapping->file), &area->vm_file);
	bpf_core_read(&mapping->end, sizeof(mapping->end), &area->vm_end);
	return 0;
}

static __always_inline struct inode *path__inode(u64 path)
{
	struct dentry *d = path ? PEEK(path, path, dentry) : NULL;

	return d ? PEEK(dentry, d, d_inode) : NULL;
}

static __always_inline bool inode__is_overlay(struct inode *i)
{
	struct super_block *sb = i ? PEEK(inode, i, i_sb) : NULL;

	return sb && PEEK(super_block, sb, s_magic) == OVERLAYFS_MAGIC;
}

/*
 * A function of its own, since only what is never called may ask for a field that
 * this kernel does not have: written in line, it is worked out before the question.
 */
static __noinline u64 mapped__path_beside(struct file *f)
{
	return (u64)f + bpf_core_field_offset(struct backing_file, user_path);
}

/*
 * A mapping of a file on overlayfs has the file of the layer below, which knows
 * by which path the overlay's own was opened: as its own path before 6.7, beside
 * it since.
 */
static __always_inline void mapped__view(struct scratch *s, struct file *f)
{
	struct view *v = file__view(s, f);
	bool known = bpf_core_field_exists(struct backing_file, user_path);
	u64 beside = known ? mapped__path_beside(f) : 0;
	struct inode *i = path__inode(beside);

	/* The bit that it is not means something else: then no path lies there. */
	if (known && (PEEK(file, f, f_mode) & FMODE_MAYBE_BACKING) && inode__is_overlay(i))
		v->path = beside;
	else
		i = path__inode(v->path);
	if (i && (u64)i != v->inode)
		view__of_inode(v, i);
}

/*
 * The first file there that no image brought, else the first of all; 0 when there
 * is none. Where it cannot be told, because somebody is changing the memory at this
 * moment, the event is told without it. Global, so that the verifier checks it once.
 */
__noinline u64 mapped__find(u32 slot, u64 from, u64 length)
{
	struct task_struct *t = (void *)bpf_get_current_task_btf();
	struct scratch *s = scratch__at(slot);
	struct mapping mapping = {.end = from};
	u64 first = 0;

	if (!s)
		return 0;
	/* Before 5.17 there is no way to look. */
	for (u32 i = 0; bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_find_vma) &&
			i < MAPPINGS_MAX && mapping.end < from + length;
	     i++) {
		mapping.file = 0;
		if (bpf_find_vma(t, mapping.end, mapping__note, &mapping, 0))
			return 0;
		if (!mapping.file)
			continue;
		s->view.file = 0;
		mapped__view(s, (void *)mapping.file);
		if (inode__layer((void *)s->view.inode, s->view.magic) != FD_FACT_LOWER_LAYER)
			return mapping.file;
		if (!first)
			first = mapping.file;
	}
	s->view.file = 0;
	if (first)
		mapped__view(s, (void *)first);
	else
		interest__of_kind(&s->judgement, FD_KIND_UNKNOWN);
	return first;
}
