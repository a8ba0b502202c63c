#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# What Maven runs for the pages:
#   build.sh pages FOLDER   builds them into FOLDER, unless it holds what these sources give
#   build.sh check FOLDER   types, formatting and unit tests; their report goes to FOLDER
set -euo pipefail
cd "$(dirname "$0")"

# Everything that a build of the pages reads.
stamp() {
	{
		find src/main/web -type f | LC_ALL=C sort
		printf '%s\n' package.json package-lock.json vite.config.ts tsconfig.json index.html \
			../rules/src/main/resources/dev/torimono/rules/field/fields.txt
	} | xargs sha256sum | sha256sum | cut -d' ' -f1
}

say() { printf 'console: %s\n' "$*" >&2; }

# Installs what package-lock.json names, when it is not there yet.
install_packages() {
	local wanted
	command -v node >/dev/null && command -v npm >/dev/null || {
		say "node and npm are missing: install them (Debian and Ubuntu: apt-get install nodejs npm)"
		return 1
	}
	if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 18 ]; then
		say "node $(node -v) is too old: 18 is the least"
		return 1
	fi
	wanted=$(sha256sum package-lock.json | cut -d' ' -f1)
	[ "$wanted" != "$(cat node_modules/.torimono 2>/dev/null)" ] || return 0
	npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error || {
		say "npm ci failed: the packages of package-lock.json cannot be had from $(npm config get registry)"
		return 1
	}
	echo "$wanted" >node_modules/.torimono
}

build_pages() {
	local folder=$1 log=$2
	{ install_packages && npx --no-install vite build --logLevel warn --outDir "$folder" --emptyOutDir; } 2>&1 | tee "$log" >&2
}

pages() {
	local folder=$1 now
	mkdir -p target
	# Two builds of one checkout at once would write over each other.
	exec 9>target/console.lock
	flock 9
	now=$(stamp)
	if [ "$now" = "$(cat target/console.stamp 2>/dev/null)" ] && [ -f "$folder/index.html" ]; then
		return 0
	fi
	rm -f target/console.stamp target/console.missing
	if [ "${CONSOLE_OPTIONAL:-}" = true ] && [ -n "${TORIMONO_NO_CONSOLE:-}" ]; then
		echo "it was built with TORIMONO_NO_CONSOLE set" >target/console.missing
	elif build_pages "$folder" target/console.log; then
		(cd "$folder" && find . -type f ! -name files.txt | sed 's|^\./||' | LC_ALL=C sort >files.txt)
		echo "$now" >target/console.stamp
		return 0
	elif [ "${CONSOLE_OPTIONAL:-}" = true ]; then
		{ grep '^console:' target/console.log || tail -n 1 target/console.log; } | sed 's/^console: //' | head -n 1 >target/console.missing
	else
		return 1
	fi
	# The collector serves everything else, and says this where the console would be.
	rm -rf "$folder"
	mkdir -p "$folder"
	cp target/console.missing "$folder/missing.txt"
	echo missing.txt >"$folder/files.txt"
	say "built without the console: $(cat target/console.missing)"
}

check() {
	case " ${CONSOLE_SKIP:-} " in
	*" true "*) return 0 ;;
	" false false "?*) return 0 ;; # one test of another module was asked for
	esac
	install_packages
	npm run --silent check
	npx --no-install vitest run --reporter=default --reporter=junit --outputFile.junit="$1/TEST-console.xml"
}

"$@"
