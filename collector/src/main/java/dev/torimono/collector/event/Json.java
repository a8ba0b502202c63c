// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
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
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNameLength(MAX_NAME_CHARS)
                                                    .maxNumberLength(MAX_NUMBER_CHARS)
                                                    .maxStringLength(MAX_STRING_CHARS)
                                                    .build())
                                    .build())
                    .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
     * @throws BadJsonException when it is no JSON
     */
    public static JsonNode parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
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
