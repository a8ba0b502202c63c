// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#pragma once

/*
 * Has the kernel take back and ask again every call of this container that waits for an answer:
 * each process that is found waiting is stopped and continued.
 */
void nudge__all(void);
