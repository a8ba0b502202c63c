// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Paths that a caller gave: as given for the schema; for the extensions where
 * they lead, or where that is not known made absolute by text.
 */
#pragma once
#include "params.h"
#include "../extract/file.h"
#include "../extract/path.h"
#include "../extract/trail.h"
#include "../extract/syscall.h"

/* The schema's parameter; remembers where it is. */
static __always_inline void store__given(struct scratch *s, u64 path, struct given *given)
{
	given->at = s->at;
	given->length = store__text(s, (void *)path, PATH_BYTES, true);
}

static __always_inline bool given__is_absolute(struct scratch *s, struct given *given)
{
	u64 at = given->at;

	barrier_var(at);
	return at < RECORD_BYTES && s->record[at] == '/';
}

/* Resolves the directory that a relative path starts from into s->text. */
static __always_inline bool path__resolve_base(struct scratch *s, s32 dirfd)
{
	struct file *dir;

	if (dirfd == AT_FDCWD) {
		struct task_struct *t = (void *)bpf_get_current_task();
		struct fs_struct *fs = BPF_CORE_READ(t, fs);

		path__resolve(s, (struct path *)&fs->pwd);
		return true;
	}
	dir = file__of_fd(dirfd);
	if (!dir)
		return false;
	path__resolve(s, (struct path *)&dir->f_path);
	return true;
}

/* The resolved directory and a slash; the root is one already. */
static __always_inline void store__append_directory(struct scratch *s)
{
	u64 end;

	store__append_walked(s);
	end = s->at - 1;
	barrier_var(end);
	if (end >= RECORD_BYTES)
		return;
	s->record[end] = '/';
	if (s->walk.at == PATH_BYTES - 2)
		s->at = end;
}

/* Appends the given path, made absolute where its directory is known. */
static __always_inline void store__append_absolute(struct scratch *s, s32 dirfd,
						   struct given *given)
{
	if (given->length && !given__is_absolute(s, given) && path__resolve_base(s, dirfd)) {
		/* An empty path (AT_EMPTY_PATH) is the directory fd itself. */
		if (given->length == 1)
			return store__append_walked(s);
		store__append_directory(s);
	}
	store__append_copy(s, given);
}

/* Where a trail ended: the directory and the name in it. */
static __always_inline void store__append_trail(struct scratch *s)
{
	u64 n = s->trail.length;
	s64 at;

	if (n == 0)
		return store__append_walked(s);
	store__append_directory(s);
	at = store__room(s, NAME_BYTES);
	barrier_var(n);
	if (at < 0 || n >= NAME_BYTES)
		return;
	bpf_probe_read_kernel(&s->record[at], n, s->trail.name);
	s->record[at + n] = 0;
	s->at = at + n + 1;
}

/*
 * Appends where the given path leads. The call has looked its components up: of
 * one that failed they may not be there, and the path is made absolute only.
 */
static __always_inline void store__append_resolved(struct scratch *s, s32 dirfd, u32 which,
						   bool follows)
{
	struct given *given = which ? &s->given[1] : &s->given[0];

	if (s->failed || !trail__resolve(s->slot, which, dirfd, follows))
		store__append_absolute(s, dirfd, given);
	else
		store__append_trail(s);
}

/* The same for a path that is no parameter, made absolute. */
static __always_inline void store__user_path_object(struct scratch *s, s32 dirfd, u64 path)
{
	struct object o = {};
	char first = 0;

	store__open(s);
	bpf_probe_read_user(&first, 1, (void *)path);
	store__append(s, &o, sizeof(o));
	if (first != '/' && path__resolve_base(s, dirfd)) {
		if (first)
			store__append_directory(s);
		else
			store__append_walked(s);
	}
	if (first)
		store__append_user_text(s, path);
	store__close(s);
}

/*
 * An OBJECT for a path without an fd: kind unknown. Follows: the call would
 * follow a link that is the last component.
 */
static __always_inline void store__path_object(struct scratch *s, s32 dirfd, u32 which,
					       bool follows)
{
	struct object o = {};

	store__open(s);
	if (which ? s->given[1].length : s->given[0].length) {
		store__append(s, &o, sizeof(o));
		store__append_resolved(s, dirfd, which, follows);
	}
	store__close(s);
}
