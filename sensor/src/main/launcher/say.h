// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One line on stderr for people, and the end. */
#pragma once
#include "sys.h"

#define NOT_FOUND 127
#define CANNOT	  126

/* What, why, and what follows. */
void say(const char *what, const char *why, const char *then);

void leave(int code) __attribute__((noreturn));

/* What a negative error means. */
const char *error__text(long error);
