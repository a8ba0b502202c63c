#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# What is tried inside a guest; see guest.sh and GuestScenario.
#   check.sh CHECKOUT JAVA_HOME doctor|tests CLASS…|drift
# TEST_OPTIONS are options of Java for tests.
root=$1 java=$2/bin/java what=$3
shift 3

flags="-Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx192m"
# No function: whoever starts it in the background needs its pid.
program="$java $flags -XX:AOTCache=$root/.build/torimono.aot --enable-native-access=dev.torimono.sensor
	--module-path $root/cli/target/dist/lib -m dev.torimono.cli/dev.torimono.cli.Main"

doctor() {
	$program doctor "$@"
}

tests() {
	jars=$(find "$root/sensor/target/guest" -name '*.jar' | tr '\n' ':')
	# As Maven does: tests find their programs' sources from there.
	cd "$root/sensor" || return
	# shellcheck disable=SC2086 # options in words
	$java $flags $TEST_OPTIONS -Dtorimono.limit-s=300 --enable-native-access=ALL-UNNAMED -Dtorimono.root="$root" \
		-cp "$root/sensor/target/classes:$root/sensor/target/test-classes:$root/model/target/classes:$jars" \
		dev.torimono.sensor.GuestTests "$@"
}

# A cgroup as Docker names it, a view of files on an overlay, one busybox: what an agent takes for a container.
container() {
	id=$(printf '%064d' 4711)
	group=/sys/fs/cgroup/docker/$id
	mkdir -p "$group" /tmp/c/lower/bin /tmp/c/lower/tmp /tmp/c/lower/proc /tmp/c/upper /tmp/c/work /tmp/c/merged
	cp /usr/bin/busybox /tmp/c/lower/bin/busybox
	for name in sh sleep echo cp expr; do ln -s busybox "/tmp/c/lower/bin/$name"; done
	cat >/tmp/c/first <<-END
	echo 0 >$group/cgroup.procs
	mount -t overlay -o lowerdir=/tmp/c/lower,upperdir=/tmp/c/upper,workdir=/tmp/c/work overlay /tmp/c/merged
	cd /tmp/c/merged
	mount -t tmpfs tmpfs tmp
	mount -t proc proc proc
	pivot_root . . && /bin/busybox umount -l .
	exec /bin/busybox chroot . /bin/sh -c 'sleep 100000'
	END
	unshare -m -p -f /bin/sh /tmp/c/first &
	tries=0
	until first=$(pgrep -f 'sleep 100000' | tail -n 1) && [ -n "$first" ] && [ -e "/proc/$first/root/bin/busybox" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 200 ] || return 1
		sleep 0.1
	done
}

inside() {
	sh -c "echo 0 >$group/cgroup.procs; exec nsenter -t $first -m -p --root --wd /bin/sh -c \"\$0\"" "$1" 2>&1
}

await() {
	tries=0
	until grep -q "$1" "$2"; do
		tries=$((tries + 1))
		[ "$tries" -lt 300 ] || {
			echo "drift: no '$1' in $2"
			cat /tmp/a/log /tmp/a/alerts
			return 1
		}
		sleep 0.1
	done
}

drift() {
	mkdir -p /tmp/a
	cat >/tmp/a/policy.yaml <<-END
	policies:
	  - name: Nothing foreign
	    type: drift
	    scope: container.id != ""
	    drift: {prohibited_binaries: [/bin/never, /bin/busybox.never]}
	    actions: {prevent: true}
	END
	cat >/tmp/a/torimono.yaml <<-END
	agent: {lock-file: /tmp/a/lock}
	host: {docker-sockets: [/tmp/a/none], cri-sockets: [/tmp/a/none]}
	rules: {files: [shipped]}
	policies: {files: [/tmp/a/policy.yaml], kill-switch: /tmp/a/kill-switch}
	journal.file: /tmp/a/journal
	control: {socket: /tmp/a/sock, audit-file: /tmp/a/audit, quarantine: /tmp/a/quarantine}
	END
	container || {
		echo "drift: no container"
		return 1
	}
	$program agent --json --config /tmp/a/torimono.yaml >/tmp/a/alerts 2>/tmp/a/log </dev/null &
	agent=$!
	await 'in the kernel, too' /tmp/a/log || return 1
	echo "image: $(inside '/bin/echo fine')"
	# A mount that came after the container was armed is what fanotify does not see: until now a kill, not EPERM.
	echo "unwatched: $(inside 'busybox mkdir -p /m; busybox mount -t tmpfs t /m; cp /bin/busybox /m/echo; /m/echo ran; echo $?')"
	echo "overlay: $(inside 'cp /bin/busybox /echo; /echo ran; echo $?')"
	await 'drift_prevented.*/m/echo\|/m/echo.*drift_prevented' /tmp/a/alerts || return 1
	: >/tmp/a/kill-switch
	sleep 1
	echo "switched off: $(inside '/m/echo ran')"
	rm /tmp/a/kill-switch
	kill $agent && wait $agent
	echo "ended: $(inside '/m/echo ran')"
	echo "== alerts"
	cat /tmp/a/alerts
	echo "== log"
	cat /tmp/a/log
}

case $what in
doctor | tests | drift) "$what" "$@" ;;
*)
	echo "check.sh: $what: not known" >&2
	exit 2
	;;
esac
