# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
# Sourced by ./torimono: run every test and sum up.

test_help() {
	cat <<-END
	Usage: torimono test [--fast] [--guest] [--module NAME]…
	Runs all tests: formatting, unit, language cases, ABI, kernel, ruleset and end-to-end scenarios.
	  --fast          leave out formatting and the end-to-end scenarios
	  --guest         also on a kernel that allows BPF security modules, in QEMU: some two minutes more, and Debian's
	                  kernel fetched by apt the first time
	  --module NAME   only this module (may be repeated)
	Tests that need root, eBPF or Docker run where these are there, and are skipped with the reason elsewhere.
	A test that fails is run once more; one that passes then is listed as such.
	The last line reads: N passed, N failed, N skipped. Exit code 0 when nothing failed, 1 otherwise.
	END
}

# C formatting, by the same tool version that Debian 12 ships.
check_c_format() {
	local files
	mapfile -t files < <(find "$root" -path '*/src/*' \( -name '*.c' -o -name '*.h' \) -not -path '*/target/*' -not -path '*/node_modules/*')
	[ "${#files[@]}" = 0 ] || clang-format --dry-run --Werror "${files[@]}"
}

# The broker that KafkaTest forwards to: 54 MB of jars that no build needs. Without them that test skips and says so.
fetch_broker() {
	local pom="$root/bench/kafka/pom.xml"
	[ ! -d "${pom%/*}/target/lib" ] || return 0
	say "fetching a Kafka broker for the tests"
	maven -q -f "$pom" package >"$root/.build/kafka.log" 2>&1 || say "no broker could be fetched; the log is in .build/kafka.log"
}

# Sums the runner's XML reports: skips by reason, failures by name, then the closing line.
sum_up() {
	local extra_failed=$1
	shift
	EXTRA_FAILED=$extra_failed perl "$root/packaging/launch/sum-up.pl" "$@"
}

torimono_test() {
	local fast="" guest="" modules=() failed=0 started=$SECONDS
	while [ $# -gt 0 ]; do
		case "$1" in
		-h | --help) test_help; return 0 ;;
		--fast) fast=1 ;;
		--guest) guest=1 ;;
		--module) modules+=("${2:?--module needs a name}"); shift ;;
		*) say "unknown option $1"; test_help >&2; exit 2 ;;
		esac
		shift
	done
	ensure_jdk
	if [ "$(id -u)" = 0 ] && is_apt_machine; then ensure_packages test; else ensure_packages build; fi
	[ -z "$guest" ] || ensure_packages guest
	mkdir -p "$root/.build"
	find "$root" -maxdepth 4 -path '*/target/surefire-reports' -exec rm -rf {} +
	if [ -z "$fast" ]; then
		say "formatting"
		check_c_format || { say "C sources are not formatted: run clang-format -i on the files above"; failed=$((failed + 1)); }
		maven -q -fae spotless:check >"$root/.build/format.log" 2>&1 </dev/null || {
			grep '^\[ERROR\]' "$root/.build/format.log" | head -n 40 >&2
			say "Java sources are not formatted: run mvn spotless:apply"
			failed=$((failed + 1))
		}
		fetch_broker
	fi
	# Real kernels, containers and browsers on a machine that others use, too: what fails is run once more, by itself,
	# and what passes then is named at the end. Twice is a failure.
	# A test that fails keeps no module from being tested: the reports tell what failed, the log what broke.
	# Two modules at a time: kernel and container tests wait while others compile.
	local args=(-T 2 -fae verify -Dsurefire.rerunFailingTestsCount=1 -Dmaven.test.failure.ignore=true -Dtorimono.e2e.cold=false)
	[ -z "$fast" ] || [ "${#modules[@]}" != 0 ] || args+=(-pl '!e2e')
	[ -z "$guest" ] || args+=(-Dtorimono.qemu=true)
	[ "${#modules[@]}" = 0 ] || args+=(-pl "$(IFS=,; echo "${modules[*]}")" -am)
	say "building and testing"
	local status=0
	maven "${args[@]}" 2>&1 </dev/null | tee "$root/.build/test.log" | grep --line-buffered -E '^\[(ERROR|WARNING)\]|Tests run:.*in |Building .*: ' | grep --line-buffered -vE 'sun.misc|terminally' || true
	grep -q 'BUILD SUCCESS' "$root/.build/test.log" || status=1
	# Of a test process that died there may be no report.
	! grep -qE 'forked VM terminated|error in the fork' "$root/.build/test.log" || status=1
	[ "$status" = 0 ] || failed=$((failed + 1))
	say "took $((SECONDS - started)) s; the whole log is in .build/test.log"
	local reports
	mapfile -t reports < <(find "$root" -path '*/target/surefire-reports/TEST-*.xml')
	sum_up "$failed" "${reports[@]}"
}
