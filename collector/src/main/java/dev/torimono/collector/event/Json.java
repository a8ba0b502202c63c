// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON within bounds that hostile input cannot stretch. */
public final class Json {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 1024;
    private static final int MAX_NUMBER_CHARS = 64;
    private static final int MAX_STRING_CHARS = 4 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNameLength(MAX_NAME_CHARS)
                                                    .maxNumberLength(MAX_NUMBER_CHARS)
                                                    .maxStringLength(MAX_STRING_CHARS)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    // While the tree is made, which costs nothing; in the stream it takes a set.
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    private Json() {}

    /**
     * @throws BadJsonException when it is no JSON object
     */
    public static ObjectNode object(byte[] json) {
        if (parse(json) instanceof ObjectNode object) {
            return object;
        }
        throw new BadJsonException("not a JSON object");
    }

    /**
     * Of a part of some bytes.
     *
     * @throws BadJsonException when it is no JSON object
     */
    public static ObjectNode object(byte[] json, int from, int length) {
        if (parse(json, from, length) instanceof ObjectNode object) {
            return object;
        }
        throw new BadJsonException("not a JSON object");
    }

    /**
     * @throws BadJsonException when it is no JSON
     */
    public static JsonNode parse(byte[] json) {
        return parse(json, 0, json.length);
    }

    private static JsonNode parse(byte[] json, int from, int length) {
        try {
            JsonNode node = MAPPER.readTree(json, from, length);
            if (node.isMissingNode()) {
                throw new BadJsonException("empty");
            }
            return node;
        } catch (JacksonException e) {
            throw new BadJsonException(where(e) + e.getOriginalMessage());
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** A node of whatever strings, numbers, lists and maps there are. */
    public static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : "line "
                        + e.getLocation().getLineNr()
                        + ", column "
                        + e.getLocation().getColumnNr()
                        + ": ";
    }
}
