// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
/*
 * Work for bench/scripts/serverless. "opens N FILE": N opens for writing, prints µs each. "execs
 * N": N times fork, exec of /bin/true and wait, prints µs each. "load PORT N": N requests over the
 * loopback, one after the other, prints requests a second.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int opens(int n, const char *file)
{
	double start;

	for (int i = 0; i < n / 10; i++) /* until everybody is warm */
		close(open(file, O_WRONLY | O_CREAT, 0600));
	start = now();
	for (int i = 0; i < n; i++) {
		int fd = open(file, O_WRONLY | O_CREAT, 0600);

		if (fd < 0)
			return 2;
		close(fd);
	}
	printf("%.2f\n", (now() - start) * 1e6 / n);
	return 0;
}

static int execs(int n)
{
	double start = now();

	for (int i = 0; i < n; i++) {
		pid_t child = vfork();

		if (child == 0) {
			execl("/bin/true", "true", (char *)0);
			_exit(127);
		}
		if (child < 0 || waitpid(child, 0, 0) != child)
			return 2;
	}
	printf("%.0f\n", (now() - start) * 1e6 / n);
	return 0;
}

static int load(int port, int n)
{
	static const char request[] = "GET / HTTP/1.0\r\n\r\n";
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
	double start = now();
	char answer[4096];

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	for (int i = 0; i < n; i++) {
		int s = socket(AF_INET, SOCK_STREAM, 0);

		if (connect(s, (struct sockaddr *)&to, sizeof(to)))
			return 2;
		if (write(s, request, sizeof(request) - 1) < 0)
			return 3;
		while (read(s, answer, sizeof(answer)) > 0)
			;
		close(s);
	}
	printf("%.0f\n", n / (now() - start));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "opens"))
		return opens(atoi(argv[2]), argv[3]);
	if (argc == 3 && !strcmp(argv[1], "execs"))
		return execs(atoi(argv[2]));
	if (argc == 4 && !strcmp(argv[1], "load"))
		return load(atoi(argv[2]), atoi(argv[3]));
	return 1;
}
