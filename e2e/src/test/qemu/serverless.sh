#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# A task without access to the kernel, inside a guest: a sidecar, and programs that the launcher begins.
#   serverless.sh CHECKOUT JAVA_HOME PROGRAM32
# What is said of each deed is read by ServerlessGuestScenario. PROGRAM32, of 32 bits, makes the file it is told.
root=$1 java=$2/bin/java program32=$3
program="$java -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xmx192m
	--enable-native-access=dev.torimono.sensor --module-path $root/cli/target/dist/lib
	-m dev.torimono.cli/dev.torimono.cli.Main"
volume=/tmp/volume
mkdir -p /tmp/s $volume
cat >/tmp/s/rules.yaml <<'END'
- macro: writes
  condition: evt.type in (open, openat, openat2, creat) and evt.is_open_write=true
- rule: Seen
  desc: told
  condition: writes and fd.name startswith /tmp/seen
  output: "%proc.cmdline wrote %fd.name in %container.name"
  priority: WARNING
- rule: Refused
  desc: refused
  condition: writes and fd.name startswith /tmp/refused
  output: "%proc.cmdline wrote %fd.name"
  priority: WARNING
- rule: Ended
  desc: its caller is killed
  condition: writes and fd.name startswith /tmp/ended
  output: "%proc.cmdline wrote %fd.name"
  priority: WARNING
- rule: Executed
  desc: a program with this argument
  condition: evt.type in (execve, execveat) and proc.args startswith number-
  output: "executed %proc.exepath %proc.args"
  priority: WARNING
- rule: Connected
  desc: to a port
  condition: evt.type=connect and fd.sport=9
  output: "%proc.name connected to %fd.sip:%fd.sport"
  priority: WARNING
END
cat >/tmp/s/policies.yaml <<'END'
policies:
  - {name: Refuse, severity: 1, rules: [Refused], actions: {prevent: true}}
  - {name: End, severity: 1, rules: [Ended], actions: {kill_process: true}}
  - {name: Tell, severity: 1, rules: [Seen, Executed, Connected]}
END
cat >/tmp/s/torimono.yaml <<'END'
agent: {lock-file: /tmp/s/lock}
host: {docker-sockets: [/tmp/s/none], cri-sockets: [/tmp/s/none]}
rules: {files: [/tmp/s/rules.yaml]}
policies: {files: [/tmp/s/policies.yaml], kill-switch: /tmp/s/kill-switch}
journal.file: /tmp/s/journal
seccomp.deadline-ms: 2000
control: {socket: /tmp/s/sock, audit-file: /tmp/s/audit, quarantine: /tmp/s/quarantine}
END

await() { # WHAT COMMAND…
	what=$1 tries=0
	shift
	until "$@" >/dev/null 2>&1; do
		tries=$((tries + 1))
		[ "$tries" -lt 1200 ] || {
			echo "did not come: $what"
			cat /tmp/s/log /tmp/s/alerts
			exit 1
		}
		sleep 0.1
	done
}

sidecar() {
	: >/tmp/s/log
	$program sidecar --volume $volume --config /tmp/s/torimono.yaml >>/tmp/s/alerts 2>/tmp/s/log </dev/null &
	agent=$!
	await "a sidecar" busybox grep -q ready /tmp/s/log
}

# Without CAP_SYS_PTRACE, as a container of Docker's is.
covered() { # PRIORITY COMMAND
	TORIMONO_SOCKET=$volume/run/agent.sock TORIMONO_CONTAINER=web TORIMONO_PRIORITY=$1 \
		setpriv --bounding-set=-sys_ptrace $volume/bin/launch /bin/sh -c "$2" 2>&1
}

alive() { # PRIORITY: whether it goes on within two seconds
	rm -f /tmp/alive-"$1"
	sleep 2
	[ ! -e /tmp/alive-"$1" ] || echo "$1"
}

sidecar
echo "environment: $(KEPT=kept covered availability 'echo $KEPT $0; exit 7'; echo "code $?")"
echo "signal: $(covered availability 'kill -TERM $$'; echo "code $?")"
echo "seen: $(covered availability 'echo 1 >/tmp/seen && cat /tmp/seen')"
echo "refused: $(covered availability 'echo 1 >/tmp/refused; ls /tmp/refused' | tr '\n' ' ')"
echo "ended: $(covered availability '(echo 1 >/tmp/ended); echo $?; ls /tmp/ended' | tr '\n' ' ')"
echo "narrow: $(covered availability "$program32 /tmp/seen-narrow; echo \$?; $program32 /tmp/refused-narrow; echo \$?" | tr '\n' ' ')"
echo "many: $(covered availability 'i=0; while [ $i -lt 50 ]; do /bin/true number-$i & i=$((i+1)); done; wait; echo all')"
covered availability "perl -MIO::Socket::INET -e 'IO::Socket::INET->new(\"127.0.0.1:9\")'"
cat >/tmp/s/worker.pl <<'END'
$) = "65534 65534"; $( = 65534; $< = $> = 65534;
while (!-e "/tmp/over") { system("/bin/true"); open(F, ">", "/tmp/alive-$ARGV[0]"); close(F); }
print "over\n";
END
chmod 1777 /tmp
for priority in availability security; do
	covered $priority "exec perl /tmp/s/worker.pl $priority" >/tmp/s/$priority &
done
await "both" test -e /tmp/alive-security
echo "with an agent: $(alive availability) $(alive security)"
kill -STOP $agent
sleep 4
echo "with a frozen one: $(alive availability) $(alive security)"
kill -CONT $agent
sleep 4
echo "with one that is back: $(alive availability) $(alive security)"
kill -KILL $agent
wait $agent 2>/dev/null
sleep 4
echo "without: $(alive availability) $(alive security)"
sidecar
sleep 4
echo "with another: $(alive availability) $(alive security)"
: >/tmp/over
await "the end of both" busybox grep -q over /tmp/s/availability
await "the end of both" busybox grep -q over /tmp/s/security
await "word of what passed" busybox grep -q 'passed unjudged' /tmp/s/alerts
kill $agent
wait $agent
echo "== alerts"
cat /tmp/s/alerts
echo "== log"
cat /tmp/s/log
