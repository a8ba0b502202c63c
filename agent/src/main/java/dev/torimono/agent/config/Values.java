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
                get(AgentKeys.CANARY_SECONDS),
                rules(),
                policies(),
                get(AgentKeys.DOCKER_SOCKETS).stream().map(Path::of).toList(),
                get(AgentKeys.CRI_SOCKETS).stream().map(Path::of).toList(),
                alerts(),
                outputs(),
                journal(),
                control(),
                fleet());
    }

    private AgentConfig.@Nullable File journal() {
        Path path = path(OutputKeys.JOURNAL);
        return path == null
                ? null
                : new AgentConfig.File(
                        path, get(OutputKeys.JOURNAL_MAX_BYTES), getInt(OutputKeys.JOURNAL_KEEP));
    }

    private AgentConfig.@Nullable Control control() {
        Path socket = path(FleetKeys.CONTROL_SOCKET);
        return socket == null
                ? null
                : new AgentConfig.Control(
                        socket,
                        Path.of(get(FleetKeys.AUDIT_FILE)),
                        Path.of(get(FleetKeys.QUARANTINE)));
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
                Path.of(get(AgentKeys.LOCK_FILE)),
                get(AgentKeys.LOG_LEVEL),
                get(AgentKeys.STATS_SECONDS),
                get(AgentKeys.DRAIN_SECONDS) * 1000,
                get(AgentKeys.HOSTNAME));
    }

    private SensorConfig sensor() {
        return new SensorConfig(
                getInt(AgentKeys.LIFECYCLE_RING),
                getInt(AgentKeys.ACTIVITY_RING),
                true,
                getInt(AgentKeys.BUDGET));
    }

    private @Nullable SeccompConfig seccomp() {
        return get(AgentKeys.SENSOR_KIND) == SensorKind.KERNEL
                ? null
                : new SeccompConfig(
                        Path.of(get(AgentKeys.SECCOMP_SOCKET)),
                        get(AgentKeys.SECCOMP_OPENS) == SensorKind.Opens.ALL,
                        getInt(AgentKeys.SECCOMP_DEADLINE_MS),
                        true);
    }

    private AgentConfig.Rules rules() {
        List<ExtraOutput> extra = new ArrayList<>();
        if (get(AgentKeys.SUGGESTED_OUTPUT)) {
            extra.add(new ExtraOutput(RuleKinds.SUGGESTED_OUTPUT, "syscall", Set.of(), ""));
        }
        extra.addAll(get(AgentKeys.EXTRA_OUTPUTS));
        return new AgentConfig.Rules(
                get(AgentKeys.RULE_FILES),
                get(AgentKeys.MATCHING),
                get(AgentKeys.MINIMUM_PRIORITY),
                get(AgentKeys.SELECTION),
                get(AgentKeys.RELOAD),
                extra);
    }

    private AgentConfig.Policies policies() {
        return new AgentConfig.Policies(
                get(AgentKeys.POLICY_FILES),
                get(AgentKeys.MANAGED_POLICIES),
                get(AgentKeys.DRY_RUN),
                get(AgentKeys.IGNORE_CONTAINER_ACTIONS),
                Path.of(get(AgentKeys.KILL_SWITCH)),
                Path.of(get(AgentKeys.CAPTURES)));
    }

    private AgentConfig.@Nullable Fleet fleet() {
        String url = get(FleetKeys.FLEET_COLLECTOR);
        if (url.isEmpty()) {
            return null;
        }
        if (!url.startsWith("https://")) {
            complaints.add("fleet.collector: must begin with https://, found " + url);
        }
        return new AgentConfig.Fleet(
                url.replaceFirst("/+$", ""),
                get(FleetKeys.FLEET_ACCESS_KEY),
                path(FleetKeys.FLEET_ACCESS_KEY_FILE),
                get(FleetKeys.FLEET_FINGERPRINT),
                path(FleetKeys.FLEET_CA_FILE),
                Path.of(get(FleetKeys.FLEET_FOLDER)),
                get(FleetKeys.FLEET_SPOOL_BYTES),
                get(FleetKeys.FLEET_ACTIVITY),
                get(FleetKeys.FLEET_RESPONSES));
    }

    private AgentConfig.Alerts alerts() {
        AlertShape shape =
                new AlertShape(
                        get(OutputKeys.ISO_TIME),
                        get(OutputKeys.OUTPUT_PROPERTY),
                        get(OutputKeys.MESSAGE_PROPERTY),
                        get(OutputKeys.TAGS_PROPERTY),
                        get(OutputKeys.FIELDS_PROPERTY),
                        get(OutputKeys.STATIC_FIELDS),
                        get(AgentKeys.TAGS),
                        get(AgentKeys.CLUSTER_NAME),
                        get(OutputKeys.ID_PROPERTY));
        return new AgentConfig.Alerts(get(OutputKeys.JSON), get(OutputKeys.LINEAGE), shape);
    }

    private AgentConfig.Outputs outputs() {
        return new AgentConfig.Outputs(
                getInt(OutputKeys.QUEUE_CAPACITY),
                get(OutputKeys.STDOUT),
                get(OutputKeys.FILE) ? file() : null,
                get(OutputKeys.HTTP) ? http() : null,
                get(OutputKeys.SYSLOG) ? syslog() : null,
                get(OutputKeys.PROGRAM) ? program() : null);
    }

    private AgentConfig.File file() {
        return new AgentConfig.File(
                Path.of(get(OutputKeys.FILE_PATH)),
                get(OutputKeys.FILE_MAX_BYTES),
                getInt(OutputKeys.FILE_KEEP));
    }

    private HttpSettings http() {
        Path certificate = path(OutputKeys.HTTP_CLIENT_CERTIFICATE);
        Path key = path(OutputKeys.HTTP_CLIENT_KEY);
        if ((certificate == null) != (key == null)) {
            complaints.add(
                    OutputKeys.HTTP_CLIENT_CERTIFICATE.name()
                            + " and "
                            + OutputKeys.HTTP_CLIENT_KEY.name()
                            + ": one without the other; give both or none");
        }
        return new HttpSettings(
                get(OutputKeys.HTTP_URL),
                get(OutputKeys.HTTP_USER_AGENT),
                get(OutputKeys.HTTP_HEADERS),
                get(OutputKeys.HTTP_TIMEOUT_MS),
                getInt(OutputKeys.HTTP_ATTEMPTS),
                get(OutputKeys.HTTP_BACKOFF_MS),
                get(OutputKeys.HTTP_COMPRESS),
                get(OutputKeys.HTTP_ECHO),
                get(OutputKeys.HTTP_INSECURE),
                path(OutputKeys.HTTP_CA_FILE),
                certificate,
                key);
    }

    private AgentConfig.Syslog syslog() {
        return new AgentConfig.Syslog(
                get(OutputKeys.SYSLOG_ADDRESS),
                get(OutputKeys.SYSLOG_FORMAT),
                get(OutputKeys.SYSLOG_FACILITY));
    }

    private AgentConfig.Program program() {
        String command = get(OutputKeys.PROGRAM_COMMAND);
        if (command.isBlank()) {
            complaints.add(
                    OutputKeys.PROGRAM_COMMAND.name()
                            + ": empty, but "
                            + OutputKeys.PROGRAM.name()
                            + " is true; say which program reads the alerts");
        }
        return new AgentConfig.Program(
                command, get(OutputKeys.PROGRAM_KEEP_ALIVE), get(OutputKeys.PROGRAM_TIMEOUT_MS));
    }
}
