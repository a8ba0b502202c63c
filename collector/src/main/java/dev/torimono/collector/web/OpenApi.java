// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The API's description, made of the routes themselves. */
public final class OpenApi {
    /** One file for each part of the API. */
    private static final List<String> SCHEMAS =
            List.of(
                    "schemas.json",
                    "schemas-triage.json",
                    "schemas-tree.json",
                    "schemas-incident.json",
                    "schemas-respond.json",
                    "schemas-library.json",
                    "schemas-scope.json",
                    "schemas-yaml.json",
                    "schemas-agent.json");

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    public static ObjectNode document(List<Route> routes) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.1.0");
        document.putObject("info").put("title", "Torimono").put("version", "1");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path =
                    paths.get(route.template()) instanceof ObjectNode there
                            ? there
                            : paths.putObject(route.template());
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        ObjectNode components = document.putObject("components");
        components.set("schemas", schemas());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    /** What bodies look like. */
    public static ObjectNode schemas() {
        ObjectNode all = Json.object();
        for (String file : SCHEMAS) {
            try (InputStream in = OpenApi.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IOException(file + " is not in the program");
                }
                all.setAll(Json.object(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static ObjectNode operation(Route route) {
        ObjectNode operation = Json.object();
        operation.put("summary", route.summary());
        operation.put("x-access", route.access().name().toLowerCase(Locale.ROOT));
        operation.put("x-audited", route.audited());
        if (route.access() != Access.PUBLIC) {
            operation.putArray("security").addObject().putArray("bearer");
        }
        parameters(route, operation);
        if (!route.takes().isEmpty()) {
            operation.set("requestBody", content(Json.object(), route.takes()));
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode good = Json.object().put("description", "done");
        responses.set("2XX", route.gives().isEmpty() ? good : content(good, route.gives()));
        responses.set("default", content(Json.object().put("description", "refused"), "Error"));
        return operation;
    }

    private static void parameters(Route route, ObjectNode operation) {
        ArrayNode parameters = Json.array();
        Matcher variable = VARIABLE.matcher(route.template());
        while (variable.find()) {
            parameter(parameters, variable.group(1), "path");
        }
        route.query().forEach(name -> parameter(parameters, name, "query"));
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    private static void parameter(ArrayNode parameters, String name, String in) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", in).put("required", in.equals("path"));
        parameter.putObject("schema").put("type", "string");
    }

    private static ObjectNode content(ObjectNode into, String schema) {
        into.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
        return into;
    }
}
