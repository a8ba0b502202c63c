// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Translates the keys of a falco.yaml that speak of rules and outputs into ours. */
final class FalcoFile {
    private static final Map<String, Key<?>> TRANSLATED = translated();

    /** What steers parts that are built differently here. */
    private static final Set<String> UNUSED =
            Set.of(
                    "allowed_by_default",
                    "base_syscalls",
                    "buffer_format_base64",
                    "buffered_outputs",
                    "capture",
                    "config_files",
                    "container_engines",
                    "engine",
                    "falco_libs",
                    "file_output.keep_alive",
                    "grpc",
                    "grpc_output",
                    "http_output.ca_path",
                    "http_output.keep_alive",
                    "http_output.max_consecutive_timeouts",
                    "libs_logger",
                    "load_plugins",
                    "log_level",
                    "log_stderr",
                    "log_syslog",
                    "metrics",
                    "output_timeout",
                    "outputs",
                    "plugins",
                    "plugins_hostinfo",
                    "syscall_buf_size_preset",
                    "syscall_drop_failed_exit",
                    "syscall_event_drops",
                    "syscall_event_timeouts",
                    "webserver");

    private final List<String> warnings;

    FalcoFile(List<String> warnings) {
        this.warnings = warnings;
    }

    boolean isLeaf(String name) {
        return TRANSLATED.containsKey(name) || UNUSED.contains(name);
    }

    /** The same values under our names, at their places in Falco's file. */
    List<Given> translate(List<Given> falco) {
        List<Given> ours = new ArrayList<>();
        Set<String> unused = new TreeSet<>();
        boolean mutualTls = isTrue(falco, "http_output.mtls");
        for (Given given : falco) {
            Key<?> key = TRANSLATED.get(given.key());
            if (key != null) {
                if (isMeant(given, key, mutualTls)) {
                    ours.add(
                            new Given(
                                    key.name(),
                                    given.value(),
                                    given.keyPlace(),
                                    given.valuePlace()));
                }
            } else if (UNUSED.contains(given.key())) {
                unused.add(given.key());
            } else if (!given.key().equals("http_output.mtls")) {
                warnings.add(
                        given.keyPlace()
                                .complain(
                                        given.key()
                                                + " is ignored: no such key of Falco is known"
                                                + Nearest.hint(given.key(), TRANSLATED.keySet())));
            }
        }
        if (!unused.isEmpty()) {
            warnings.add(
                    "Falco's configuration: not used by this agent: " + String.join(", ", unused));
        }
        if (falco.stream().anyMatch(given -> given.key().equals("append_output"))) {
            // Then it alone says whether container fields are appended.
            Place place = Place.outside("append_output");
            ours.add(
                    new Given(
                            AgentKeys.SUGGESTED_OUTPUT.name(),
                            Nodes.scalar("false"),
                            place,
                            place));
        }
        return ours;
    }

    /** Falco's file names certificates and limits that mean nothing unless switched on. */
    private boolean isMeant(Given given, Key<?> key, boolean mutualTls) {
        if (key.equals(OutputKeys.HTTP_CLIENT_CERTIFICATE)
                || key.equals(OutputKeys.HTTP_CLIENT_KEY)) {
            return mutualTls;
        }
        if (key.equals(OutputKeys.QUEUE_CAPACITY) && isText(given.value(), "0")) {
            warnings.add(
                    given.valuePlace()
                            .complain(
                                    "an unbounded queue is not offered; using "
                                            + OutputKeys.QUEUE_CAPACITY.shown()));
            return false;
        }
        return !key.equals(OutputKeys.HTTP_URL) || !isText(given.value(), "");
    }

    private static boolean isTrue(List<Given> values, String key) {
        return values.stream()
                .filter(given -> given.key().equals(key))
                .map(Given::value)
                .anyMatch(FalcoFile::isTrue);
    }

    private static boolean isText(Node node, String text) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
    }

    private static boolean isTrue(Node node) {
        try {
            return Kind.FLAG.read(node);
        } catch (BadValueException e) {
            return false;
        }
    }

    private static Map<String, Key<?>> translated() {
        Map<String, Key<?>> map = new LinkedHashMap<>();
        map.put("json_output", OutputKeys.JSON);
        map.put("json_include_output_property", OutputKeys.OUTPUT_PROPERTY);
        map.put("json_include_message_property", OutputKeys.MESSAGE_PROPERTY);
        map.put("json_include_tags_property", OutputKeys.TAGS_PROPERTY);
        map.put("json_include_output_fields_property", OutputKeys.FIELDS_PROPERTY);
        map.put("time_format_iso_8601", OutputKeys.ISO_TIME);
        map.put("priority", AgentKeys.MINIMUM_PRIORITY);
        map.put("rule_matching", AgentKeys.MATCHING);
        map.put("rules_file", AgentKeys.RULE_FILES);
        map.put("rules_files", AgentKeys.RULE_FILES);
        map.put("rules", AgentKeys.SELECTION);
        map.put("watch_config_files", AgentKeys.RELOAD);
        map.put("append_output", AgentKeys.EXTRA_OUTPUTS);
        map.put("static_fields", OutputKeys.STATIC_FIELDS);
        map.put("outputs_queue.capacity", OutputKeys.QUEUE_CAPACITY);
        map.put("stdout_output.enabled", OutputKeys.STDOUT);
        map.put("file_output.enabled", OutputKeys.FILE);
        map.put("file_output.filename", OutputKeys.FILE_PATH);
        map.put("syslog_output.enabled", OutputKeys.SYSLOG);
        map.put("program_output.enabled", OutputKeys.PROGRAM);
        map.put("program_output.program", OutputKeys.PROGRAM_COMMAND);
        map.put("program_output.keep_alive", OutputKeys.PROGRAM_KEEP_ALIVE);
        map.put("http_output.enabled", OutputKeys.HTTP);
        map.put("http_output.url", OutputKeys.HTTP_URL);
        map.put("http_output.user_agent", OutputKeys.HTTP_USER_AGENT);
        map.put("http_output.insecure", OutputKeys.HTTP_INSECURE);
        map.put("http_output.ca_cert", OutputKeys.HTTP_CA_FILE);
        map.put("http_output.ca_bundle", OutputKeys.HTTP_CA_FILE);
        map.put("http_output.client_cert", OutputKeys.HTTP_CLIENT_CERTIFICATE);
        map.put("http_output.client_key", OutputKeys.HTTP_CLIENT_KEY);
        map.put("http_output.echo", OutputKeys.HTTP_ECHO);
        map.put("http_output.compress_uploads", OutputKeys.HTTP_COMPRESS);
        return map;
    }
}
