#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the performer, when a source is newer than what was compiled.
# usage: build.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
clang=${CLANG:-clang}

if [ -f "$out/performer" ] && [ -z "$(find "$here" -newer "$out/performer" -type f | head -n 1)" ]; then
	exit 0
fi
if ! command -v "$clang" >/dev/null 2>&1; then
	echo "build.sh: $clang: not found; install clang (Debian: apt-get install clang libc6-dev)" >&2
	exit 1
fi
mkdir -p "$out"
# Static: it must run in any container.
"$clang" -static -Os -Wall -Wextra -Werror -s "$here"/*.c -o "$out/performer.new"
mv "$out/performer.new" "$out/performer"
