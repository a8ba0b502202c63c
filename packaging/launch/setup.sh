# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
# Sourced by ./torimono: what this machine must have.

say() { printf 'torimono: %s\n' "$*" >&2; }

die() {
	local code=$1
	shift
	say "$*"
	exit "$code"
}

# A JDK's major version from its release file; empty when it has none.
jdk_major() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

# Sets JAVA_HOME to a JDK of at least 25: the caller's if it is one, else the newest under /usr/lib/jvm.
ensure_jdk() {
	local candidate major best="" best_major=0
	for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
		[ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] || continue
		major=$(jdk_major "$candidate")
		[ -n "$major" ] && [ "$major" -ge 25 ] || continue
		if [ "$candidate" = "${JAVA_HOME:-}" ]; then
			best=$candidate
			break
		fi
		if [ "$major" -gt "$best_major" ]; then
			best=$candidate
			best_major=$major
		fi
	done
	[ -n "$best" ] || die 3 "no JDK 25 found in JAVA_HOME or under /usr/lib/jvm; install one (temurin-25-jdk, openjdk-25-jdk) and run again"
	export JAVA_HOME=$best
}

# What each purpose needs: "file-or-command package", one a line. A path with * is a pattern.
needs() {
	case "$1" in
	run) cat <<-END
		/usr/lib/*/libbpf.so.1 libbpf1
		setpriv util-linux
		useradd passwd
	END
		;;
	build)
		needs run
		cat <<-END
		mvn maven
		clang clang
		gcc gcc
		llvm-strip llvm
		bpftool bpftool
		/usr/include/bpf/bpf_helpers.h libbpf-dev
		/usr/include/*/asm/types.h linux-libc-dev
		/usr/include/stdio.h libc6-dev
		node nodejs
		npm npm
	END
		;;
	test)
		needs build
		cat <<-END
		clang-format clang-format
		git git
		/usr/sbin/dockerd docker.io
		/usr/bin/docker docker.io
		containerd containerd
		runc runc
		podman podman
		conmon conmon
		curl curl
		iptables iptables
		/bin/busybox busybox-static
		script bsdutils
		ps procps
		ip iproute2
		perl perl
		python3 python3
		aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
		/usr/aarch64-linux-gnu/include/asm/unistd.h linux-libc-dev-arm64-cross
		/usr/arm-linux-gnueabihf/include/asm/unistd-eabi.h linux-libc-dev-armhf-cross
		qemu-aarch64-static qemu-user-static
		chromium chromium
		sysdig sysdig
		rsyslogd rsyslog
	END
		;;
	guest)
		cat <<-END
		qemu-system-x86_64 qemu-system-x86
		qemu-system-aarch64 qemu-system-arm
		/usr/lib/qemu/virtiofsd qemu-system-common
		busybox busybox-static
		cpio cpio
		/usr/sbin/modprobe kmod
		xz xz-utils
	END
		;;
	esac
}

# The packages of a purpose that are missing here.
missing_packages() {
	local probe package
	needs "$1" | while read -r probe package; do
		case "$probe" in
		/*) compgen -G "$probe" >/dev/null || echo "$package" ;;
		*) command -v "$probe" >/dev/null 2>&1 || [ -x "/usr/sbin/$probe" ] || echo "$package" ;;
		esac
	done | sort -u | tr '\n' ' '
}

is_apt_machine() {
	[ -r /etc/os-release ] && command -v apt-get >/dev/null 2>&1 &&
		grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

# Installs what a purpose lacks, or names it and stops.
ensure_packages() {
	local missing log
	missing=$(missing_packages "$1")
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" != 0 ] || ! is_apt_machine; then
		die 3 "missing: ${missing% }; install them (Debian and Ubuntu: apt-get install ${missing% }) and run again"
	fi
	say "installing ${missing% }"
	mkdir -p "$root/.build"
	log="$root/.build/apt.log"
	if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
		tail -n 15 "$log" >&2
		die 3 "apt-get could not install: ${missing% }; the whole log is in $log"
	fi
	missing=$(missing_packages "$1")
	[ -z "$missing" ] || die 3 "still missing after installation: ${missing% }; see $log"
}
