#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the kernel side into one object, when a source is newer than it.
# usage: build.sh OBJECT
set -eu
here=$(cd "$(dirname "$0")" && pwd)
object=$1

if [ -f "$object" ] && [ -z "$(find "$here" -newer "$object" -type f | head -n 1)" ]; then
	exit 0
fi
clang=${CLANG:-clang}
if ! command -v "$clang" >/dev/null 2>&1; then
	echo "build.sh: $clang: not found; install clang (Debian: apt-get install clang libbpf-dev)" >&2
	exit 1
fi
if [ ! -f /usr/include/bpf/bpf_helpers.h ]; then
	echo "build.sh: bpf/bpf_helpers.h: not found; install libbpf-dev" >&2
	exit 1
fi
mkdir -p "$(dirname "$object")"
# The second include path is where Debian keeps asm/ of the UAPI headers.
"$clang" -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Werror -Wno-unused-parameter \
	-fdebug-prefix-map="$here"=. \
	-I"/usr/include/$(uname -m)-linux-gnu" -c "$here/sensor.bpf.c" -o "$object.new"
if command -v llvm-strip >/dev/null 2>&1; then
	llvm-strip -g "$object.new" # DWARF only: BTF stays
fi
mv "$object.new" "$object"
