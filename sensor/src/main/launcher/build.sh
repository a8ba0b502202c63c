#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the launcher of covered containers for x86-64 and arm64, when a source is newer.
# usage: build.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1

# No C library: nothing of the image is needed, and nothing of it can get in the way.
compile() { # COMPILER MACHINE
	"$1" -Os -Wall -Wextra -Werror -std=gnu11 -ffreestanding -fno-builtin -fno-stack-protector \
		-fno-asynchronous-unwind-tables -fno-pic -no-pie -static -nostdlib -nostartfiles -s \
		-Wl,--build-id=none -Wl,-z,noexecstack \
		"$here/launch.c" "$here/asked.c" "$here/say.c" "$here/keeper.c" "$here/nudge.c" "$here/talk.c" \
		"$here/memory.c" -o "$out/launch-$2.new"
	mv "$out/launch-$2.new" "$out/launch-$2"
}

newest() { # MACHINE
	[ -f "$out/launch-$1" ] && [ -z "$(find "$here" -newer "$out/launch-$1" -type f | head -n 1)" ]
}

# A cross-compiler may be there without the kernel's headers of its machine: Debian only recommends them.
usable() { # COMPILER
	command -v "$1" >/dev/null 2>&1 && echo '#include <asm/unistd.h>' | "$1" -E - >/dev/null 2>&1
}

mkdir -p "$out"
for machine in x86_64 aarch64; do
	if newest "$machine"; then
		continue
	fi
	compiler=$machine-linux-gnu-gcc
	if [ "$(uname -m)" = "$machine" ]; then
		compiler=${CC:-gcc}
	fi
	if usable "$compiler"; then
		compile "$compiler" "$machine"
	elif [ "$(uname -m)" = "$machine" ]; then
		echo "build.sh: $compiler or the kernel's headers: not found; install gcc and linux-libc-dev" >&2
		exit 1
	else
		echo "build.sh: $compiler or its kernel headers: not found; no launcher for $machine is built" \
			"(Debian: apt-get install gcc-aarch64-linux-gnu linux-libc-dev-arm64-cross, or the same for amd64)" >&2
	fi
done
