# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# What the articles' scripts share: a Docker daemon of their own on a socket of its own, Debian's nginx as an image, and an agent.
# All of it goes when the script ends. The image is made once by debootstrap, from the mirror that apt uses, and kept
# under ${XDG_CACHE_HOME:-/var/cache}/torimono; IMAGE_TAR=FILE takes another root file system (with bash, curl, tar, nginx).
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export JAVA_HOME=${JAVA_HOME:-$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -1)}
port=${PORT:-18089}
daemon= agent= server=

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }

need() {
	for program; do
		command -v "$program" >/dev/null || { echo "$program: missing; apt-get install it" >&2; exit 3; }
	done
}

leave() {
	[ -z "$agent" ] || { kill "$agent" && wait "$agent"; } 2>/dev/null || true
	[ -z "$server" ] || kill "$server" 2>/dev/null || true
	docker rm -f test >/dev/null 2>&1 || true
	[ -z "$daemon" ] || { kill "$daemon" && wait "$daemon"; } 2>/dev/null || true
	umount "$home"/run/netns/* 2>/dev/null || true
	rm -rf --one-file-system "$home"
}

# A root file system of Debian with nginx, which listens on the loopback only, and curl.
debian_nginx() {
	local tar=${IMAGE_TAR:-${XDG_CACHE_HOME:-/var/cache}/torimono/debian-nginx.tar} tree=$home/tree
	if [ ! -s "$tar" ]; then
		need debootstrap
		say "making an image of Debian with nginx (a few minutes, once): $tar"
		debootstrap --variant=minbase --include=ca-certificates,curl,procps bookworm "$tree" "${MIRROR:-}" >"$home/debootstrap.log"
		printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
		chmod 755 "$tree/usr/sbin/policy-rc.d"
		DEBIAN_FRONTEND=noninteractive chroot "$tree" apt-get -q -y --no-install-recommends install nginx-light >>"$home/debootstrap.log"
		sed -i '/\[::\]/d; s/listen 80 /listen 127.0.0.1:18080 /' "$tree/etc/nginx/sites-available/default"
		rm -rf "$tree"/var/cache/apt/archives/*.deb "$tree"/var/lib/apt/lists/*
		mkdir -p "$(dirname "$tar")"
		tar -C "$tree" -cf "$tar.new" . && mv "$tar.new" "$tar"
	fi
	docker import - article/nginx:1 <"$tar" >/dev/null
}

# The stage: a daemon and the container "test", which runs nginx.
begin() {
	[ "$(id -u)" = 0 ] || { echo "run as root" >&2; exit 3; }
	need docker dockerd script tar
	home=$(mktemp -d /tmp/tori-article.XXXXXX)
	trap leave EXIT
	export DOCKER_HOST=unix://$home/docker.sock
	dockerd --data-root "$home/data" --exec-root "$home/run" --pidfile "$home/docker.pid" -H "$DOCKER_HOST" \
		--iptables=false --ip6tables=false --bridge=none --shutdown-timeout 1 >"$home/dockerd.log" 2>&1 &
	daemon=$!
	for _ in $(seq 300); do docker version >/dev/null 2>&1 && break; sleep 0.1; done
	debian_nginx
	say 'docker run --name test -d nginx'
	docker run --name test -d --network host article/nginx:1 nginx -g 'daemon off;' >/dev/null
}

# An agent with a policy of ruleset/examples; ready once the container is armed.
protect() { # file of the policy
	say "./torimono agent --policies $1"
	"$root/torimono" agent --json --policies "$root/$1" --set agent.lock-file="$home/lock" \
		--set host.docker-sockets="$home/docker.sock" --set journal.file= --set control.socket= >"$home/alerts" 2>"$home/agent.log" &
	agent=$!
	for _ in $(seq 600); do
		! grep -qs '(test) armed' "$home/agent.log" || return 0
		kill -0 "$agent" 2>/dev/null || break
		sleep 0.1
	done
	cat "$home/agent.log" >&2
	exit 1
}

# What a person sees who opens that terminal and types that.
terminal() { # lines to type; command in the container
	local lines=$1
	shift
	printf '%s' "$lines" | script -qec "docker exec -it test $*" /dev/null | tee "$home/seen"
}

# Or the person's own hands.
by_hand() {
	say "type what the article says; the end of the shell ends the stage"
	docker exec -it test "$@" || true
}

saw() { # what; pattern in what the terminal showed
	if grep -q "$2" "$home/seen"; then say "seen: $1"; else say "NOT SEEN: $1"; failed=1; fi
}

told() { # what; pattern in one alert
	for _ in $(seq 50); do
		if grep -q "$2" "$home/alerts"; then say "told: $1"; return; fi
		sleep 0.1
	done
	say "NOT TOLD: $1"
	failed=1
}
failed=0
