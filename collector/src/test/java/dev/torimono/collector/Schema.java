// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.web.OpenApi;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares JSON with what the API's description says of it. */
final class Schema {
    private static final ObjectNode SCHEMAS = OpenApi.schemas();
    private static final String PREFIX = "#/components/schemas/";

    private Schema() {}

    /** What does not fit. */
    static List<String> misfits(JsonNode json, String schema) {
        List<String> misfits = new ArrayList<>();
        check(json, SCHEMAS.path(schema), schema, misfits);
        return misfits;
    }

    static boolean exists(String schema) {
        return SCHEMAS.has(schema);
    }

    private static void check(JsonNode json, JsonNode schema, String at, List<String> misfits) {
        String ref = schema.path("$ref").asString("");
        if (!ref.isEmpty()) {
            check(json, SCHEMAS.path(ref.substring(PREFIX.length())), at, misfits);
            return;
        }
        String type = schema.path("type").asString("");
        boolean fits =
                switch (type) {
                    case "object" -> json.isObject();
                    case "array" -> json.isArray();
                    case "string" -> json.isString();
                    case "integer" -> json.isIntegralNumber();
                    case "boolean" -> json.isBoolean();
                    default -> type.isEmpty();
                };
        if (!fits) {
            misfits.add(at + ": is no " + type + ": " + json);
        }
        schema.path("required")
                .forEach(
                        name -> {
                            if (!json.has(name.stringValue())) {
                                misfits.add(at + ": has no " + name.stringValue());
                            }
                        });
        JsonNode properties = schema.path("properties");
        properties
                .properties()
                .forEach(
                        property -> {
                            JsonNode value = json.get(property.getKey());
                            if (value != null) {
                                check(
                                        value,
                                        property.getValue(),
                                        at + "." + property.getKey(),
                                        misfits);
                            }
                        });
        if (type.equals("array")) {
            json.forEach(element -> check(element, schema.path("items"), at + "[]", misfits));
        }
    }
}
