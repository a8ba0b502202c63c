// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person asks of an agent; one line of JSON.
 *
 * @param command what is to be done, such as {@code kill-process}
 * @param target whom to: a process id, a container, a path, or the id of a kept file
 * @param container the container a path is in; empty on the host
 * @param tree whether descendants go too
 * @param reason why; empty for none given
 * @param startNs when the process started that is meant: ns since boot, or since the epoch; 0 when
 *     whatever has the id is meant
 * @param dryRun only tell what would be touched
 */
public record Request(
        String command,
        String target,
        String container,
        boolean tree,
        String reason,
        long startNs,
        boolean dryRun) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** One to be carried out, whatever has the id. */
    public Request(String command, String target, String container, boolean tree, String reason) {
        this(command, target, container, tree, reason, 0, false);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is no request
     */
    static Request parse(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!node.isObject()) {
                throw new IllegalArgumentException("a request is a JSON object");
            }
            return new Request(
                    node.path("command").asString(""),
                    node.path("target").asString(""),
                    node.path("container").asString(""),
                    node.path("tree").asBoolean(false),
                    node.path("reason").asString(""),
                    node.path("start_ns").asLong(0),
                    node.path("dry_run").asBoolean(false));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a request is a JSON object", e);
        }
    }

    String line() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("command", command);
        node.put("target", target);
        node.put("container", container);
        node.put("tree", tree);
        node.put("reason", reason);
        node.put("start_ns", startNs);
        node.put("dry_run", dryRun);
        return MAPPER.writeValueAsString(node);
    }
}
