// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "sys.h"

void *memcpy(void *to, const void *from, usize n)
{
	for (usize i = 0; i < n; i++)
		((volatile char *)to)[i] = ((const char *)from)[i];
	return to;
}

void *memset(void *to, int value, usize n)
{
	for (usize i = 0; i < n; i++)
		((volatile char *)to)[i] = value;
	return to;
}
