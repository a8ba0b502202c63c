#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fuzzes the rule language with Jazzer for so many seconds: rules/fuzz.sh [SECONDS] [CORPUS-DIR]
# Needs the program (./torimono build) and the module's tests (mvn -pl rules -am test-compile).
set -eu
seconds=${1:-60}
corpus=${2:-${TMPDIR:-/tmp}/torimono-rules-corpus}
cd "$(dirname "$0")"
# The first that instruments classes of Java 25.
version=0.30.0
repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
for artifact in jazzer jazzer-api; do
    [ -f "$repository/com/code-intelligence/$artifact/$version/$artifact-$version.jar" ] ||
        mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.10.0:get \
            -Dartifact="com.code-intelligence:$artifact:$version"
done
libraries=
for jar in ../cli/target/dist/lib/*.jar; do
    case $jar in *torimono-rules*) ;; *) libraries=$libraries:$jar ;; esac
done
mkdir -p "$corpus"
seed() { [ -f "$corpus/$1" ] || printf "$2" > "$corpus/$1"; }
seed file '\000- list: l\n  items: [a, "b c"]\n- macro: m\n  condition: proc.name in (l)\n- rule: r\n  desc: d\n  condition: evt.type = open and m\n  output: o %%proc.name\n  priority: INFO\n  exceptions:\n    - {name: e, fields: [proc.name], values: [[a]]}\n- rule: r\n  condition: or proc.pid = 1\n  override: {condition: append}\n'
seed condition '\001proc.name contains anyof (a, b) and not tolower(fd.name) = val(proc.pname) and fd.net in ("10.0.0.0/8")'
seed output '\002o %%proc.name %%20evt.time %%toupper(proc.name) %%proc.aname[2] %%join("-", (fd.name, "x"))'
jars=$repository/com/code-intelligence
# A first input takes as long as loading and instrumenting the classes does.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
    -cp "$jars/jazzer/$version/jazzer-$version.jar:$jars/jazzer-api/$version/jazzer-api-$version.jar:target/classes:target/test-classes$libraries" \
    com.code_intelligence.jazzer.Jazzer --target_class=dev.torimono.rules.RulesFuzz \
    '--instrumentation_includes=dev.torimono.**:org.snakeyaml.**' \
    -max_total_time="$seconds" -max_len=4096 -timeout=30 -rss_limit_mb=3000 "$corpus"
