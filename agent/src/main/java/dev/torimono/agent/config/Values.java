// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.output.HttpSettings;
import dev.torimono.rules.LoadOptions.ExtraOutput;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.seccomp.SeccompConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of every key, defaults included, and the typed records made of them. */
final class Values {
    private final Map<Key<?>, Given> given = new HashMap<>();
    private final List<String> complaints;

    Values(List<String> complaints) {
        this.complaints = complaints;
    }

    /** A later value of the same key replaces the earlier one. */
    void put(Key<?> key, Given value) {
        given.put(key, value);
    }

    AgentConfig config() {
        return new AgentConfig(
                run(),
                sensor(),
                seccomp(),
                get(Keys.CANARY_SECONDS),
                rules(),
                policies(),
                get(Keys.DOCKER_SOCKETS).stream().map(Path::of).toList(),
                get(Keys.CRI_SOCKETS).stream().map(Path::of).toList(),
                alerts(),
                outputs(),
                journal(),
                control(),
                fleet());
    }

    private AgentConfig.@Nullable File journal() {
        Path path = path(Keys.JOURNAL);
        return path == null
                ? null
                : new AgentConfig.File(
                        path, get(Keys.JOURNAL_MAX_BYTES), getInt(Keys.JOURNAL_KEEP));
    }

    private AgentConfig.@Nullable Control control() {
        Path socket = path(Keys.CONTROL_SOCKET);
        return socket == null
                ? null
                : new AgentConfig.Control(
                        socket, Path.of(get(Keys.AUDIT_FILE)), Path.of(get(Keys.QUARANTINE)));
    }

    CollectorSettings collector() {
        Path certificate = path(CollectorKeys.CERTIFICATE);
        Path key = path(CollectorKeys.KEY);
        if ((certificate == null) != (key == null)) {
            complaints.add("collector.certificate and collector.key: one needs the other");
        }
        return new CollectorSettings(
                get(CollectorKeys.LISTEN),
                Path.of(get(CollectorKeys.DATA)),
                get(CollectorKeys.NAMES),
                certificate,
                key,
                get(CollectorKeys.KEEP_DAYS),
                get(CollectorKeys.KEEP_BYTES),
                get(CollectorKeys.TOKEN_DAYS),
                new CollectorSettings.Smtp(
                        get(CollectorKeys.SMTP_HOST),
                        getInt(CollectorKeys.SMTP_PORT),
                        get(CollectorKeys.SMTP_SECURITY),
                        get(CollectorKeys.SMTP_USERNAME),
                        path(CollectorKeys.SMTP_PASSWORD_FILE),
                        get(CollectorKeys.SMTP_FROM),
                        path(CollectorKeys.SMTP_CA_FILE)));
    }

    /** A key's value in one line of YAML. */
    String yaml(Key<?> key) {
        Given value = given.get(key);
        if (value != null) {
            return Nodes.flow(value.value());
        }
        boolean empty = key.shown().equals("[]") || key.shown().equals("{}");
        return empty ? key.shown() : Nodes.quoted(key.shown());
    }

    private <T> T get(Key<T> key) {
        Given value = given.get(key);
        if (value == null) {
            return key.fallback();
        }
        try {
            return key.kind().read(value.value());
        } catch (BadValueException e) {
            complaints.add(value.valuePlace().complain(value.key() + " " + e.getMessage()));
            return key.fallback();
        }
    }

    private int getInt(Key<Long> key) {
        return Math.toIntExact(get(key));
    }

    private @Nullable Path path(Key<String> key) {
        String text = get(key);
        return text.isEmpty() ? null : Path.of(text);
    }

    private AgentConfig.Run run() {
        return new AgentConfig.Run(
                Path.of(get(Keys.LOCK_FILE)),
                get(Keys.LOG_LEVEL),
                get(Keys.STATS_SECONDS),
                get(Keys.DRAIN_SECONDS) * 1000,
                get(Keys.HOSTNAME));
    }

    private SensorConfig sensor() {
        return new SensorConfig(
                getInt(Keys.LIFECYCLE_RING), getInt(Keys.ACTIVITY_RING), true, getInt(Keys.BUDGET));
    }

    private @Nullable SeccompConfig seccomp() {
        return get(Keys.SENSOR_KIND) == SensorKind.KERNEL
                ? null
                : new SeccompConfig(
                        Path.of(get(Keys.SECCOMP_SOCKET)),
                        get(Keys.SECCOMP_OPENS) == SensorKind.Opens.ALL,
                        getInt(Keys.SECCOMP_DEADLINE_MS),
                        true);
    }

    private AgentConfig.Rules rules() {
        List<ExtraOutput> extra = new ArrayList<>();
        if (get(Keys.SUGGESTED_OUTPUT)) {
            extra.add(new ExtraOutput(RuleKinds.SUGGESTED_OUTPUT, "syscall", Set.of(), ""));
        }
        extra.addAll(get(Keys.EXTRA_OUTPUTS));
        return new AgentConfig.Rules(
                get(Keys.RULE_FILES),
                get(Keys.MATCHING),
                get(Keys.MINIMUM_PRIORITY),
                get(Keys.SELECTION),
                get(Keys.RELOAD),
                extra);
    }

    private AgentConfig.Policies policies() {
        return new AgentConfig.Policies(
                get(Keys.POLICY_FILES),
                get(Keys.MANAGED_POLICIES),
                get(Keys.DRY_RUN),
                get(Keys.IGNORE_CONTAINER_ACTIONS),
                Path.of(get(Keys.KILL_SWITCH)),
                Path.of(get(Keys.CAPTURES)));
    }

    private AgentConfig.@Nullable Fleet fleet() {
        String url = get(Keys.FLEET_COLLECTOR);
        if (url.isEmpty()) {
            return null;
        }
        if (!url.startsWith("https://")) {
            complaints.add("fleet.collector: must begin with https://, found " + url);
        }
        return new AgentConfig.Fleet(
                url.replaceFirst("/+$", ""),
                get(Keys.FLEET_ACCESS_KEY),
                path(Keys.FLEET_ACCESS_KEY_FILE),
                get(Keys.FLEET_FINGERPRINT),
                path(Keys.FLEET_CA_FILE),
                Path.of(get(Keys.FLEET_FOLDER)),
                get(Keys.FLEET_SPOOL_BYTES),
                get(Keys.FLEET_ACTIVITY),
                get(Keys.FLEET_RESPONSES));
    }

    private AgentConfig.Alerts alerts() {
        AlertShape shape =
                new AlertShape(
                        get(Keys.ISO_TIME),
                        get(Keys.OUTPUT_PROPERTY),
                        get(Keys.MESSAGE_PROPERTY),
                        get(Keys.TAGS_PROPERTY),
                        get(Keys.FIELDS_PROPERTY),
                        get(Keys.STATIC_FIELDS),
                        get(Keys.TAGS),
                        get(Keys.CLUSTER_NAME),
                        get(Keys.ID_PROPERTY));
        return new AgentConfig.Alerts(get(Keys.JSON), get(Keys.LINEAGE), shape);
    }

    private AgentConfig.Outputs outputs() {
        return new AgentConfig.Outputs(
                getInt(Keys.QUEUE_CAPACITY),
                get(Keys.STDOUT),
                get(Keys.FILE) ? file() : null,
                get(Keys.HTTP) ? http() : null,
                get(Keys.SYSLOG) ? syslog() : null,
                get(Keys.PROGRAM) ? program() : null);
    }

    private AgentConfig.File file() {
        return new AgentConfig.File(
                Path.of(get(Keys.FILE_PATH)), get(Keys.FILE_MAX_BYTES), getInt(Keys.FILE_KEEP));
    }

    private HttpSettings http() {
        Path certificate = path(Keys.HTTP_CLIENT_CERTIFICATE);
        Path key = path(Keys.HTTP_CLIENT_KEY);
        if ((certificate == null) != (key == null)) {
            complaints.add(
                    Keys.HTTP_CLIENT_CERTIFICATE.name()
                            + " and "
                            + Keys.HTTP_CLIENT_KEY.name()
                            + ": one without the other; give both or none");
        }
        return new HttpSettings(
                get(Keys.HTTP_URL),
                get(Keys.HTTP_USER_AGENT),
                get(Keys.HTTP_HEADERS),
                get(Keys.HTTP_TIMEOUT_MS),
                getInt(Keys.HTTP_ATTEMPTS),
                get(Keys.HTTP_BACKOFF_MS),
                get(Keys.HTTP_COMPRESS),
                get(Keys.HTTP_ECHO),
                get(Keys.HTTP_INSECURE),
                path(Keys.HTTP_CA_FILE),
                certificate,
                key);
    }

    private AgentConfig.Syslog syslog() {
        return new AgentConfig.Syslog(
                get(Keys.SYSLOG_ADDRESS), get(Keys.SYSLOG_FORMAT), get(Keys.SYSLOG_FACILITY));
    }

    private AgentConfig.Program program() {
        String command = get(Keys.PROGRAM_COMMAND);
        if (command.isBlank()) {
            complaints.add(
                    Keys.PROGRAM_COMMAND.name()
                            + ": empty, but "
                            + Keys.PROGRAM.name()
                            + " is true; say which program reads the alerts");
        }
        return new AgentConfig.Program(
                command, get(Keys.PROGRAM_KEEP_ALIVE), get(Keys.PROGRAM_TIMEOUT_MS));
    }
}
