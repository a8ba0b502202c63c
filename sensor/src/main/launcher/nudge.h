// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#pragma once
#include <linux/filter.h>

/*
 * Has the kernel take back and ask again every call of this container that waits for an answer:
 * each process that is found waiting is stopped and continued. guess: where the kernel does not
 * say what somebody sleeps at, he may wait.
 */
void nudge__all(const struct sock_fprog *filter, int guess);
