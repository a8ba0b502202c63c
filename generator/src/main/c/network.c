/* SPDX-License-Identifier: Apache-2.0 */
/* Deeds with sockets. No packet leaves the machine: both ends are here. */
#define _GNU_SOURCE
#include "performer.h"
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* What the class file of any Java program begins with. */
static const unsigned char class_file[] = {0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52};

static struct sockaddr_in address_of(const char *ip, const char *port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};

	must(ip, inet_pton(AF_INET, ip, &a.sin_addr) == 1 ? 0 : -1);
	return a;
}

/* own ADDRESS: the loopback device of this network namespace answers to it too. */
static int own(char **words)
{
	static int aliases;
	struct ifreq request = {0};
	struct sockaddr_in address = address_of(words[0], "0");
	int s = must("socket", socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	/* One alias an address: its last byte tells them apart. */
	snprintf(request.ifr_name, sizeof(request.ifr_name), "lo:%u",
		 (ntohl(address.sin_addr.s_addr) & 0xff) + aliases++);
	memcpy(&request.ifr_addr, &address, sizeof(address));
	if (ioctl(s, SIOCSIFADDR, &request) < 0)
		return errno;
	close(s);
	return 0;
}

/* Both ends of a connection to an address of this namespace. */
static int meet_at(const char *ip, const char *port, int *peer)
{
	struct sockaddr_in address = address_of(ip, port);
	int listener = must("socket", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	int client = must("socket", socket(AF_INET, SOCK_STREAM, 0)), on = 1;

	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	must("bind", bind(listener, (void *)&address, sizeof(address)));
	must("listen", listen(listener, 1));
	must("connect", connect(client, (void *)&address, sizeof(address)));
	*peer = must("accept", accept(listener, NULL, NULL));
	close(listener);
	return client;
}

/* meet ADDRESS PORT: connects to itself. */
static int meet(char **words)
{
	int peer;

	close(meet_at(words[0], words[1], &peer));
	return 0;
}

/* call ADDRESS PORT: connects by TCP, whether anybody answers or not. */
static int call(char **words)
{
	struct sockaddr_in address = address_of(words[0], words[1]);
	int s = must("socket", socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));

	connect(s, (void *)&address, sizeof(address));
	close(s);
	return 0;
}

/* aim ADDRESS PORT: connects a UDP socket, which sends nothing. */
static int aim(char **words)
{
	struct sockaddr_in address = address_of(words[0], words[1]);
	int s = must("socket", socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	must("connect", connect(s, (void *)&address, sizeof(address)));
	close(s);
	return 0;
}

/* redirect ADDRESS PORT: a connection in the place of standard input. */
static int redirect(char **words)
{
	int peer, client = meet_at(words[0], words[1], &peer);

	must("dup2", dup2(client, 0));
	return 0;
}

/* download ADDRESS PORT: receives the beginning of a class file. */
static int download(char **words)
{
	unsigned char buffer[64];
	int peer, client = meet_at(words[0], words[1], &peer);

	must("send", send(peer, class_file, sizeof(class_file), 0));
	must("recvfrom", recvfrom(client, buffer, sizeof(buffer), 0, NULL, NULL));
	return 0;
}

/* packet-socket: asks for one, and does not mind a refusal. */
static int packet_socket(char **words)
{
	(void)words;
	socket(AF_PACKET, SOCK_RAW, 0);
	return 0;
}

const struct verb network_verbs[] = {
    {"own", 1, own},
    {"meet", 2, meet},
    {"call", 2, call},
    {"aim", 2, aim},
    {"redirect", 2, redirect},
    {"download", 2, download},
    {"packet-socket", 0, packet_socket},
    {NULL, 0, NULL},
};
