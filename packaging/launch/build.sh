# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
# Sourced by ./torimono: build when sources changed, then run.

# Every file that the build reads, one a line.
source_files() {
	find "$root" -path "$root/.git" -prune -o -name target -prune -o -name .build -prune -o -name node_modules -prune -o \
		\( -path '*/src/main/*' -o -name pom.xml -o -path "$root/.mvn/*" -o -path "$root/console/*" -not -path '*/test/*' \) -type f -printf '%p %s %T@\n' | LC_ALL=C sort
}

source_stamp() { source_files | sha256sum | cut -d' ' -f1; }

# Runs a command with its output in a log, and shows on a terminal that it is still at work.
quietly() {
	local what=$1 log=$2 pid started=$SECONDS
	shift 2
	"$@" >"$log" 2>&1 </dev/null &
	pid=$!
	if [ -t 2 ]; then
		while kill -0 "$pid" 2>/dev/null; do
			printf '\rtorimono: %s … %d s ' "$what" $((SECONDS - started)) >&2
			sleep 0.5
		done
		printf '\r\033[K' >&2
	else
		say "$what …"
	fi
	wait "$pid"
}

maven() { (cd "$root" && mvn -B --no-transfer-progress "$@"); }

# Builds the program unless the last build saw the same sources. Concurrent callers wait for one build.
build_if_changed() {
	[ -z "${TORIMONO_NO_BUILD:-}" ] || return 0
	mkdir -p "$root/.build" 2>/dev/null || true
	if [ ! -w "$root/.build" ]; then
		# A checkout of somebody else: what its owner built is run, if it is of these sources.
		[ "$(source_stamp 2>/dev/null)" = "$(cat "$root/.build/stamp" 2>/dev/null)" ] ||
			die 3 "$root: the program is not built and the folder is not yours: have its owner run ./torimono build"
		return 0
	fi
	exec 9>"$root/.build/lock"
	flock 9
	local stamp
	stamp=$(source_stamp)
	if [ "$stamp" != "$(cat "$root/.build/stamp" 2>/dev/null)" ]; then
		if ! quietly "building" "$root/.build/build.log" maven -q -Pquick -Dmaven.test.skip=true -pl cli -am package; then
			grep -E '^\[ERROR\]' "$root/.build/build.log" | head -n 30 >&2 || tail -n 30 "$root/.build/build.log" >&2
			die 70 "the build failed; the whole log is in $root/.build/build.log"
		fi
		# The agent and the API are worth having without it, as where no npm registry can be reached.
		[ ! -f "$root/console/target/console.missing" ] ||
			say "built without the web console: $(cat "$root/console/target/console.missing")"
		rm -f "$root/.build/torimono.aot"
		echo "$stamp" >"$root/.build/stamp"
	fi
	train_aot
	exec 9>&-
}

jvm_flags() {
	# The JVM's own words (a cache that does not fit this JVM) must not reach stdout, which belongs to alerts.
	printf '%s\n' -Xlog:disable -Xlog:all=error:stderr -XX:+UseSerialGC -Xms48m -Xmx160m -XX:-UsePerfData \
		"-XX:TieredStopAtLevel=$(compiler_level "$1")" $(end_of_memory "$1") $(unused_memory "$1") \
		--enable-native-access=dev.torimono.sensor --module-path "$root/cli/target/dist/lib"
}

# The compiler that pays for itself over minutes takes more CPU time than all else in a command that is done in one
# second: those are left to the quick compiler.
compiler_level() {
	case "$1" in
	agent | sidecar | up | capture | replay | generate | conformance | train-start) echo 4 ;;
	*) echo 1 ;;
	esac
}

# An agent without memory ends at once: whoever it holds goes on, and what supervises it starts another one. A thread that
# died of it alone would leave an agent that holds and does not judge. Its last words must not reach stdout either.
end_of_memory() {
	case "$1" in
	agent | sidecar | up) echo -XX:+ExitOnOutOfMemoryError -XX:+DisplayVMOutputToStderr ;;
	esac
}

# Loading the programs and compiling the hot methods take some 20 and 30 MiB for a moment, which the C library would keep
# for as long as the agent lives.
unused_memory() {
	case "$1" in
	agent | sidecar | up) echo -XX:TrimNativeHeapInterval=10000 ;;
	esac
}

# A collector has more room, and its libraries beside the program's own; LocalCollector starts one the same way. What an
# alert leaves behind lives for a second: collected all at once, the feed would stand still for 0.2 s every few seconds.
collector_flags() {
	printf '%s\n' -XX:+UseG1GC -XX:MaxGCPauseMillis=50 -XX:G1HeapRegionSize=1m -Xmx512m -XX:-UsePerfData \
		--enable-native-access=org.xerial.sqlitejdbc,com.github.luben.zstd_jni,org.apache.lucene.core \
		--module-path "$root/cli/target/dist/lib:$root/cli/target/dist/collector" --add-modules dev.torimono.collector
}

# The ahead-of-time cache halves start-up. It is only an optimisation: without it the program runs the same.
train_aot() {
	local cache="$root/.build/torimono.aot" flags
	! cache_fits || return 0
	mapfile -t flags < <(jvm_flags train-start)
	quietly "preparing a faster start" "$root/.build/aot.log" \
		"$JAVA_HOME/bin/java" "${flags[@]}" -XX:AOTCacheOutput="$cache.new" -m dev.torimono.cli/dev.torimono.cli.Main train-start ||
		say "start-up cache not made (see $root/.build/aot.log); starts will be slower"
	[ ! -f "$cache.new" ] || mv "$cache.new" "$cache"
}

# Whether the cache was made from the program as it is: the JVM would refuse another one, and say so.
cache_fits() {
	[ -f "$root/.build/torimono.aot" ] &&
		[ -z "$(find "$root/cli/target/dist/lib" -newer "$root/.build/torimono.aot" -print -quit 2>/dev/null)" ]
}

run_program() {
	local flags aot=()
	if [ "${1:-}" = collector ]; then
		mapfile -t flags < <(collector_flags)
		exec "$JAVA_HOME/bin/java" "${flags[@]}" ${TORIMONO_JAVA_OPTS:-} -m dev.torimono.cli/dev.torimono.cli.Main "$@"
	fi
	mapfile -t flags < <(jvm_flags "${1:-}")
	! cache_fits || aot=(-XX:AOTCache="$root/.build/torimono.aot")
	exec "$JAVA_HOME/bin/java" "${flags[@]}" "${aot[@]}" ${TORIMONO_JAVA_OPTS:-} -m dev.torimono.cli/dev.torimono.cli.Main "$@"
}
