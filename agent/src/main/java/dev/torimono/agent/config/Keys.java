// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.Log;
import dev.torimono.agent.output.SyslogAddress;
import dev.torimono.agent.output.SyslogMessage;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Selection;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.seccomp.SeccompConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every key there is, with its default: the one list that files, variables and flags share. */
final class Keys {
    private static final List<Key<?>> ALL = new ArrayList<>();
    private static final long DAY_S = 86_400;
    private static final long MINUTE_MS = 60_000;
    private static final long TIB = 1L << 40;

    static final Key<String> LOCK_FILE =
            text("agent.lock-file", "/run/torimono/agent.lock", "held while an agent runs");
    static final Key<Log.Level> LOG_LEVEL =
            key("agent.log-level", Kind.word(Log.Level.class), Log.Level.INFO, "debug to error");
    static final Key<Long> STATS_SECONDS =
            whole("agent.stats-seconds", 0, 0, DAY_S, "interval of counters on stderr; 0 never");
    static final Key<Long> DRAIN_SECONDS =
            whole("agent.drain-seconds", 5, 0, 300, "how long a stop waits for outputs");
    static final Key<String> HOSTNAME =
            text("agent.hostname", "", "name in alerts; empty for the machine's");
    static final Key<Map<String, String>> TAGS =
            key("agent.tags", Kind.MAP, Map.of(), "tags of this agent, in every alert", "tags");
    static final Key<String> CLUSTER_NAME =
            key("agent.cluster-name", Kind.TEXT, "", "Kubernetes cluster", "k8s_cluster_name");

    static final Key<SensorKind> SENSOR_KIND =
            key(
                    "sensor.kind",
                    Kind.word(SensorKind.class),
                    SensorKind.KERNEL,
                    "kernel, or seccomp where there is no access to it");
    static final Key<String> SECCOMP_SOCKET =
            text(
                    "seccomp.socket",
                    SeccompConfig.DEFAULT.socket().toString(),
                    "where launchers of covered containers find the agent");
    static final Key<SensorKind.Opens> SECCOMP_OPENS =
            key(
                    "seccomp.opens",
                    Kind.word(SensorKind.Opens.class),
                    SensorKind.Opens.WRITE,
                    "which files that are opened are seen: write for those that may be changed, or"
                            + " all");
    static final Key<Long> SECCOMP_DEADLINE_MS =
            whole(
                    "seccomp.deadline-ms",
                    SeccompConfig.DEFAULT.deadlineMs(),
                    100,
                    60_000,
                    "after how long without a sign of the agent calls are let pass unseen");

    static final Key<Long> LIFECYCLE_RING =
            ring(
                    "sensor.lifecycle-ring-bytes",
                    SensorConfig.DEFAULT.lifecycleBytes(),
                    "exec, fork, exit and what changes identities");
    static final Key<Long> ACTIVITY_RING =
            ring(
                    "sensor.activity-ring-bytes",
                    SensorConfig.DEFAULT.activityBytes(),
                    "everything else");
    static final Key<Long> BUDGET =
            whole(
                    "sensor.budget",
                    SensorConfig.DEFAULT_BUDGET,
                    0,
                    10_000_000,
                    "events a second that each container may tell while a ring fills; 0 any");
    static final Key<Long> CANARY_SECONDS =
            whole(
                    "sensor.canary-seconds",
                    5,
                    0,
                    3600,
                    "how often a harmless act of our own must come back from the kernel; 0 never");

    static final Key<List<String>> RULE_FILES =
            key(
                    "rules.files",
                    Kind.LIST,
                    List.of("shipped", "/etc/torimono/rules.d"),
                    "files and folders in load order; shipped stands for the rules we ship");
    static final Key<MatchStrategy> MATCHING =
            key(
                    "rules.matching",
                    Kind.word(MatchStrategy.class),
                    MatchStrategy.FIRST,
                    "first or all of the rules that match an event",
                    "falco_match_strategy",
                    "security.falco_match_strategy");
    static final Key<Priority> MINIMUM_PRIORITY =
            key(
                    "rules.minimum-priority",
                    Kind.parsed("a priority, emergency to debug", Priority::parse),
                    Priority.DEBUG,
                    "rules less urgent take no part");
    static final Key<Selection> SELECTION =
            key(
                    "rules.selection",
                    RuleKinds.SELECTION,
                    Selection.DEFAULT,
                    "steps that enable and disable rules by name or tag");
    static final Key<Boolean> RELOAD =
            flag("rules.reload", true, "load rules and policies again when their files change");
    static final Key<Boolean> SUGGESTED_OUTPUT =
            flag("rules.suggested-output", true, "append container fields to every output");
    static final Key<List<ExtraOutput>> EXTRA_OUTPUTS =
            key("rules.extra-outputs", RuleKinds.EXTRA_OUTPUTS, List.of(), "appended to outputs");

    static final Key<List<String>> POLICY_FILES =
            key(
                    "policies.files",
                    Kind.LIST,
                    List.of(AgentConfig.Policies.DEFAULT_FOLDER),
                    "files and folders of policies, in load order");
    static final Key<Boolean> MANAGED_POLICIES =
            flag("policies.managed", true, "the policies that come with torimono take part");
    static final Key<Boolean> DRY_RUN =
            key(
                    "policies.dry-run",
                    Kind.FLAG,
                    false,
                    "actions are told and none is done",
                    "ignore_action",
                    "security.ignore_action");
    static final Key<Boolean> IGNORE_CONTAINER_ACTIONS =
            key(
                    "policies.ignore-container-actions",
                    Kind.FLAG,
                    false,
                    "policies do not stop, kill or pause containers",
                    "ignore_container_action",
                    "security.ignore_container_action");
    static final Key<String> KILL_SWITCH =
            text(
                    "policies.kill-switch",
                    "/etc/torimono/kill-switch",
                    "while this file exists no action is done; its text is the reason");
    static final Key<String> CAPTURES =
            text(
                    "policies.captures",
                    "/var/lib/torimono/captures",
                    "folder of the captures that policies ask for");

    static final Key<List<String>> DOCKER_SOCKETS =
            key(
                    "host.docker-sockets",
                    Kind.LIST,
                    List.of(),
                    "sockets of Docker daemons; empty for those found at the usual places");

    static final Key<List<String>> CRI_SOCKETS =
            key(
                    "host.cri-sockets",
                    Kind.LIST,
                    List.of(),
                    "sockets of containerd and CRI-O; empty for those found at the usual places");

    static final Key<Boolean> JSON = flag("alerts.json", false, "alerts as Falco's JSON");
    static final Key<Boolean> ISO_TIME =
            flag("alerts.iso-time", false, "UTC date and time instead of local time of day");
    static final Key<Boolean> OUTPUT_PROPERTY = flag("alerts.output", true, "JSON has output");
    static final Key<Boolean> MESSAGE_PROPERTY = flag("alerts.message", false, "JSON has message");
    static final Key<Boolean> TAGS_PROPERTY = flag("alerts.tags", true, "JSON has tags");
    static final Key<Boolean> FIELDS_PROPERTY =
            flag("alerts.output-fields", true, "JSON has output_fields");
    static final Key<Boolean> ID_PROPERTY = flag("alerts.id", true, "JSON has id");
    static final Key<Boolean> LINEAGE =
            key(
                    "alerts.lineage",
                    Kind.FLAG,
                    true,
                    "every ancestor of the process in each alert",
                    "enrich_with_process_lineage");
    static final Key<Map<String, String>> STATIC_FIELDS =
            key("alerts.static-fields", Kind.MAP, Map.of(), "put into every output_fields");

    static final Key<Long> QUEUE_CAPACITY =
            whole("outputs.queue-capacity", 4096, 1, 1_000_000, "alerts each output may queue");
    static final Key<Boolean> STDOUT = flag("outputs.stdout.enabled", true, "alerts to stdout");
    static final Key<Boolean> FILE = flag("outputs.file.enabled", false, "alerts to a file");
    static final Key<String> FILE_PATH =
            text("outputs.file.path", "/var/log/torimono/alerts.log", "the file");
    static final Key<Long> FILE_MAX_BYTES =
            key(
                    "outputs.file.max-bytes",
                    Kind.bytes(0, TIB),
                    100L << 20,
                    "size at which it is rotated; 0 never");
    static final Key<Long> FILE_KEEP =
            whole("outputs.file.keep", 5, 0, 1000, "rotated files to keep");

    static final Key<Boolean> HTTP = flag("outputs.http.enabled", false, "alerts by HTTP POST");
    static final Key<URI> HTTP_URL =
            key(
                    "outputs.http.url",
                    Kind.parsed("an http or https URL", Keys::httpUrl),
                    URI.create("http://127.0.0.1:2801/"),
                    "where to");
    static final Key<String> HTTP_USER_AGENT =
            text("outputs.http.user-agent", "torimono", "what we call ourselves");
    static final Key<Map<String, String>> HTTP_HEADERS =
            key("outputs.http.headers", Kind.MAP, Map.of(), "further headers");
    static final Key<Long> HTTP_TIMEOUT_MS =
            whole("outputs.http.timeout-ms", 5000, 1, MINUTE_MS, "bound of one attempt");
    static final Key<Long> HTTP_ATTEMPTS =
            whole("outputs.http.attempts", 5, 1, 100, "how often an alert is tried");
    static final Key<Long> HTTP_BACKOFF_MS =
            whole("outputs.http.backoff-ms", 250, 1, MINUTE_MS, "first wait; doubles up to 30 s");
    static final Key<Boolean> HTTP_COMPRESS = flag("outputs.http.compress", false, "gzip bodies");
    static final Key<Boolean> HTTP_ECHO = flag("outputs.http.echo", false, "log the answers");
    static final Key<Boolean> HTTP_INSECURE =
            flag("outputs.http.insecure", false, "accept any certificate");
    static final Key<String> HTTP_CA_FILE =
            text("outputs.http.ca-file", "", "PEM certificates to trust instead of the JDK's");
    static final Key<String> HTTP_CLIENT_CERTIFICATE =
            text("outputs.http.client-certificate", "", "PEM chain we show");
    static final Key<String> HTTP_CLIENT_KEY =
            text("outputs.http.client-key", "", "PEM private key (PKCS #8) of it");

    static final Key<Boolean> SYSLOG = flag("outputs.syslog.enabled", false, "alerts to syslog");
    static final Key<SyslogAddress> SYSLOG_ADDRESS =
            key(
                    "outputs.syslog.address",
                    Kind.parsed(
                            "unix:/path, udp://host:port or tcp://host:port", SyslogAddress::parse),
                    new SyslogAddress.Unix("/dev/log"),
                    "unix:/path, udp://host:port or tcp://host:port");
    static final Key<SyslogMessage.Standard> SYSLOG_FORMAT =
            key(
                    "outputs.syslog.format",
                    Kind.word(SyslogMessage.Standard.class),
                    SyslogMessage.Standard.RFC3164,
                    "rfc3164 or rfc5424");
    static final Key<SyslogMessage.Facility> SYSLOG_FACILITY =
            key(
                    "outputs.syslog.facility",
                    Kind.word(SyslogMessage.Facility.class),
                    SyslogMessage.Facility.USER,
                    "user, daemon, auth, authpriv, local0 to local7");

    static final Key<Boolean> PROGRAM =
            flag("outputs.program.enabled", false, "alerts to a program's stdin");
    static final Key<String> PROGRAM_COMMAND =
            text("outputs.program.command", "", "command line of the shell");
    static final Key<Boolean> PROGRAM_KEEP_ALIVE =
            flag("outputs.program.keep-alive", false, "one program reads all alerts");
    static final Key<Long> PROGRAM_TIMEOUT_MS =
            whole("outputs.program.timeout-ms", 10_000, 1, MINUTE_MS, "bound of one program");

    static final Key<String> JOURNAL =
            text(
                    "journal.file",
                    "/var/lib/torimono/journal.jsonl",
                    "what was told, for what-if and exceptions; empty for no journal");
    static final Key<Long> JOURNAL_MAX_BYTES =
            key(
                    "journal.max-bytes",
                    Kind.bytes(0, TIB),
                    32L << 20,
                    "size at which it is rotated; 0 never");
    static final Key<Long> JOURNAL_KEEP =
            whole("journal.keep", 4, 0, 1000, "rotated files to keep");

    static final Key<String> CONTROL_SOCKET =
            text(
                    "control.socket",
                    "/run/torimono/agent.sock",
                    "where root talks to the agent; empty for nowhere");
    static final Key<String> AUDIT_FILE =
            text(
                    "control.audit-file",
                    "/var/log/torimono/audit.jsonl",
                    "every manual response, with who asked");
    static final Key<String> QUARANTINE =
            text("control.quarantine", "/var/lib/torimono/quarantine", "files taken away");
    static final Key<String> FLEET_COLLECTOR =
            text(
                    "fleet.collector",
                    "",
                    "URL of the collector this agent reports to; empty for none");
    static final Key<String> FLEET_ACCESS_KEY =
            text("fleet.access-key", "", "key to enrol with; better in a file");
    static final Key<String> FLEET_ACCESS_KEY_FILE =
            text("fleet.access-key-file", "", "file that holds the key");
    static final Key<String> FLEET_FINGERPRINT =
            text("fleet.fingerprint", "", "SHA-256 of the collector's certificate, to trust it");
    static final Key<String> FLEET_CA_FILE =
            text("fleet.ca-file", "", "PEM certificates to trust instead of the JDK's");
    static final Key<String> FLEET_FOLDER =
            text("fleet.folder", "/var/lib/torimono/agent", "identity, policies and spool");
    static final Key<Long> FLEET_SPOOL_BYTES =
            key(
                    "fleet.spool-max-bytes",
                    Kind.bytes(1L << 20, TIB),
                    64L << 20,
                    "room for alerts that are not delivered yet");
    static final Key<Boolean> FLEET_ACTIVITY =
            flag("fleet.activity", true, "tell the collector what the trees of alerts do");
    static final Key<Boolean> FLEET_RESPONSES =
            flag("fleet.responses", true, "do what people ask for at the collector");

    static {
        ALL.addAll(CollectorKeys.ALL);
    }

    private static final Map<String, Key<?>> BY_NAME = byName();

    private Keys() {}

    static List<Key<?>> all() {
        return List.copyOf(ALL);
    }

    /** The key of a name or alias; null for an unknown one. */
    static @Nullable Key<?> named(String name) {
        return BY_NAME.get(name);
    }

    /** Names and aliases. */
    static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    private static Map<String, Key<?>> byName() {
        Map<String, Key<?>> map = new LinkedHashMap<>();
        for (Key<?> key : ALL) {
            map.put(key.name(), key);
            key.aliases().forEach(alias -> map.put(alias, key));
        }
        return map;
    }

    private static @Nullable URI httpUrl(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Sizes the kernel takes: powers of two. */
    private static Key<Long> ring(String name, int fallback, String what) {
        return key(
                name,
                Kind.parsed("a power of two from 65536 to 1073741824", Keys::powerOfTwo),
                (long) fallback,
                "kernel's buffer for " + what);
    }

    private static @Nullable Long powerOfTwo(String text) {
        try {
            long value = Long.parseLong(text);
            return Long.bitCount(value) == 1 && value >= 1 << 16 && value <= 1 << 30 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Key<String> text(String name, String fallback, String meaning) {
        return key(name, Kind.TEXT, fallback, meaning);
    }

    private static Key<Boolean> flag(String name, boolean fallback, String meaning) {
        return key(name, Kind.FLAG, fallback, meaning);
    }

    private static Key<Long> whole(String name, long fallback, long min, long max, String meaning) {
        return key(name, Kind.whole(min, max), fallback, meaning);
    }

    private static <T> Key<T> key(
            String name, Kind<T> kind, T fallback, String meaning, String... aliases) {
        Key<T> key = of(name, kind, fallback, meaning, aliases);
        ALL.add(key);
        return key;
    }

    static <T> Key<T> of(String name, Kind<T> kind, T fallback, String meaning, String... aliases) {
        return new Key<>(name, kind, fallback, shown(fallback), meaning, List.of(aliases));
    }

    private static String shown(Object fallback) {
        return switch (fallback) {
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list -> String.join(",", list.stream().map(String::valueOf).toList());
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Selection selection when selection.steps().isEmpty() -> "[]";
            default -> fallback.toString();
        };
    }
}
