// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.Log;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Selection;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.seccomp.SeccompConfig;
import java.util.List;
import java.util.Map;

/** What the agent sees, by which rules it judges, and what policies may do. */
final class AgentKeys {
    static final KeyGroup GROUP = new KeyGroup();
    private static final long DAY_S = 86_400;

    static final Key<String> LOCK_FILE =
            GROUP.text("agent.lock-file", "/run/torimono/agent.lock", "held while an agent runs");
    static final Key<Log.Level> LOG_LEVEL =
            GROUP.key(
                    "agent.log-level",
                    Kind.word(Log.Level.class),
                    Log.Level.INFO,
                    "debug to error");
    static final Key<Long> STATS_SECONDS =
            GROUP.whole(
                    "agent.stats-seconds", 0, 0, DAY_S, "interval of counters on stderr; 0 never");
    static final Key<Long> DRAIN_SECONDS =
            GROUP.whole("agent.drain-seconds", 5, 0, 300, "how long a stop waits for outputs");
    static final Key<String> HOSTNAME =
            GROUP.text("agent.hostname", "", "name in alerts; empty for the machine's");
    static final Key<Map<String, String>> TAGS =
            GROUP.key(
                    "agent.tags", Kind.MAP, Map.of(), "tags of this agent, in every alert", "tags");
    static final Key<String> CLUSTER_NAME =
            GROUP.key(
                    "agent.cluster-name", Kind.TEXT, "", "Kubernetes cluster", "k8s_cluster_name");

    static final Key<SensorKind> SENSOR_KIND =
            GROUP.key(
                    "sensor.kind",
                    Kind.word(SensorKind.class),
                    SensorKind.KERNEL,
                    "kernel, or seccomp where there is no access to it");
    static final Key<String> SECCOMP_SOCKET =
            GROUP.text(
                    "seccomp.socket",
                    SeccompConfig.DEFAULT.socket().toString(),
                    "where launchers of covered containers find the agent");
    static final Key<SensorKind.Opens> SECCOMP_OPENS =
            GROUP.key(
                    "seccomp.opens",
                    Kind.word(SensorKind.Opens.class),
                    SensorKind.Opens.WRITE,
                    "which files that are opened are seen: write for those that may be changed, or"
                            + " all");
    static final Key<Long> SECCOMP_DEADLINE_MS =
            GROUP.whole(
                    "seccomp.deadline-ms",
                    SeccompConfig.DEFAULT.deadlineMs(),
                    100,
                    60_000,
                    "after how long without a sign of the agent calls are let pass unseen");

    static final Key<Long> LIFECYCLE_RING =
            GROUP.ring(
                    "sensor.lifecycle-ring-bytes",
                    SensorConfig.DEFAULT.lifecycleBytes(),
                    "exec, fork, exit and what changes identities");
    static final Key<Long> ACTIVITY_RING =
            GROUP.ring(
                    "sensor.activity-ring-bytes",
                    SensorConfig.DEFAULT.activityBytes(),
                    "everything else");
    static final Key<Long> BUDGET =
            GROUP.whole(
                    "sensor.budget",
                    SensorConfig.DEFAULT_BUDGET,
                    0,
                    10_000_000,
                    "events a second that each container may tell while a ring fills; 0 any");
    static final Key<Long> CANARY_SECONDS =
            GROUP.whole(
                    "sensor.canary-seconds",
                    5,
                    0,
                    3600,
                    "how often a harmless act of our own must come back from the kernel; 0 never");

    static final Key<List<String>> RULE_FILES =
            GROUP.key(
                    "rules.files",
                    Kind.LIST,
                    List.of("shipped", "/etc/torimono/rules.d"),
                    "files and folders in load order; shipped stands for the rules we ship");
    static final Key<MatchStrategy> MATCHING =
            GROUP.key(
                    "rules.matching",
                    Kind.word(MatchStrategy.class),
                    MatchStrategy.FIRST,
                    "first or all of the rules that match an event",
                    "falco_match_strategy",
                    "security.falco_match_strategy");
    static final Key<Priority> MINIMUM_PRIORITY =
            GROUP.key(
                    "rules.minimum-priority",
                    Kind.parsed("a priority, emergency to debug", Priority::parse),
                    Priority.DEBUG,
                    "rules less urgent take no part");
    static final Key<Selection> SELECTION =
            GROUP.key(
                    "rules.selection",
                    RuleKinds.SELECTION,
                    Selection.DEFAULT,
                    "steps that enable and disable rules by name or tag");
    static final Key<Boolean> RELOAD =
            GROUP.flag(
                    "rules.reload", true, "load rules and policies again when their files change");
    static final Key<Boolean> SUGGESTED_OUTPUT =
            GROUP.flag("rules.suggested-output", true, "append container fields to every output");
    static final Key<List<ExtraOutput>> EXTRA_OUTPUTS =
            GROUP.key(
                    "rules.extra-outputs",
                    RuleKinds.EXTRA_OUTPUTS,
                    List.of(),
                    "appended to outputs");

    static final Key<List<String>> POLICY_FILES =
            GROUP.key(
                    "policies.files",
                    Kind.LIST,
                    List.of(AgentConfig.Policies.DEFAULT_FOLDER),
                    "files and folders of policies, in load order");
    static final Key<Boolean> MANAGED_POLICIES =
            GROUP.flag("policies.managed", true, "the policies that come with torimono take part");
    static final Key<Boolean> DRY_RUN =
            GROUP.key(
                    "policies.dry-run",
                    Kind.FLAG,
                    false,
                    "actions are told and none is done",
                    "ignore_action",
                    "security.ignore_action");
    static final Key<Boolean> IGNORE_CONTAINER_ACTIONS =
            GROUP.key(
                    "policies.ignore-container-actions",
                    Kind.FLAG,
                    false,
                    "policies do not stop, kill or pause containers",
                    "ignore_container_action",
                    "security.ignore_container_action");
    static final Key<String> KILL_SWITCH =
            GROUP.text(
                    "policies.kill-switch",
                    "/etc/torimono/kill-switch",
                    "while this file exists no action is done; its text is the reason");
    static final Key<String> CAPTURES =
            GROUP.text(
                    "policies.captures",
                    "/var/lib/torimono/captures",
                    "folder of the captures that policies ask for");

    static final Key<List<String>> DOCKER_SOCKETS =
            GROUP.key(
                    "host.docker-sockets",
                    Kind.LIST,
                    List.of(),
                    "sockets of Docker daemons; empty for those found at the usual places");

    static final Key<List<String>> CRI_SOCKETS =
            GROUP.key(
                    "host.cri-sockets",
                    Kind.LIST,
                    List.of(),
                    "sockets of containerd and CRI-O; empty for those found at the usual places");

    private AgentKeys() {}
}
