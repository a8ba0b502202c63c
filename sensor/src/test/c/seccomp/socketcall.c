// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A program of 32 bits without a C library that connects by the old socketcall: to port 9 of
 * 127.0.0.1 over UDP, where nobody need listen.
 */
static int call(int number, int a, const void *b)
{
	int result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b) : "memory");
	return result;
}

__asm__(".globl _start\n_start:\n	call begin\n");

__attribute__((used)) void begin(void)
{
	static const unsigned char address[16] = {2, 0, 0, 9, 127, 0, 0, 1};
	unsigned long socket[3] = {2 /* AF_INET */, 2 /* SOCK_DGRAM */, 0};
	unsigned long connect[3] = {0, (unsigned long)address, sizeof(address)};

	connect[0] = call(102 /* socketcall */, 1 /* socket */, socket);
	call(1 /* exit */, call(102, 3 /* connect */, connect) < 0, (void *)0);
}
