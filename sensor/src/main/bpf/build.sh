#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the kernel side, when a source is newer than what was compiled.
# usage: build.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
clang=${CLANG:-clang}

if [ -f "$out/sensor.bpf.o" ] && [ -f "$out/probe.bpf.o" ] &&
	[ -z "$(find "$here" -newer "$out/sensor.bpf.o" -type f | head -n 1)" ]; then
	exit 0
fi
if ! command -v "$clang" >/dev/null 2>&1; then
	echo "build.sh: $clang: not found; install clang (Debian: apt-get install clang libbpf-dev)" >&2
	exit 1
fi
if [ ! -f /usr/include/bpf/bpf_helpers.h ]; then
	echo "build.sh: bpf/bpf_helpers.h: not found; install libbpf-dev" >&2
	exit 1
fi
mkdir -p "$out"
for name in probe sensor; do
	# The second include path is where Debian keeps asm/ of the UAPI headers.
	"$clang" -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Werror -Wno-unused-parameter \
		-fdebug-prefix-map="$here"=. -I"/usr/include/$(uname -m)-linux-gnu" \
		-c "$here/$name.bpf.c" -o "$out/$name.bpf.o.new"
	if command -v llvm-strip >/dev/null 2>&1; then
		llvm-strip -g "$out/$name.bpf.o.new" # DWARF only: BTF stays
	fi
	mv "$out/$name.bpf.o.new" "$out/$name.bpf.o"
done
