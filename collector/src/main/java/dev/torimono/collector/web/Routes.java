// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every route there is, and which one a path means. Literal parts win over variable ones. */
public final class Routes {
    private final List<Route> all = new ArrayList<>();
    private final Map<String, List<Route>> bySize = new HashMap<>();

    public Routes(List<Route> routes) {
        for (Route route : routes) {
            all.add(route);
            bySize.computeIfAbsent(
                            key(route.method(), route.segments().size()), _ -> new ArrayList<>())
                    .add(route);
        }
    }

    public List<Route> all() {
        return List.copyOf(all);
    }

    /** A route with the variable parts of the path that led to it. */
    record Match(Route route, Map<String, String> parameters) {}

    /**
     * @throws ApiException when nothing is there, or nothing for that method
     */
    Match find(String method, String path) {
        List<String> segments = segments(path);
        Match best = null;
        for (Route route : bySize.getOrDefault(key(method, segments.size()), List.of())) {
            Map<String, String> parameters = match(route.segments(), segments);
            boolean better =
                    parameters != null
                            && (best == null || parameters.size() < best.parameters().size());
            if (better && parameters != null) {
                best = new Match(route, parameters);
            }
        }
        if (best != null) {
            return best;
        }
        throw has(path)
                ? new ApiException(
                        ApiException.METHOD_NOT_ALLOWED,
                        "method_not_allowed",
                        path + " has no " + method)
                : new ApiException(
                        ApiException.NOT_FOUND,
                        "no_such_route",
                        path + " is no path of this API; see /openapi.json");
    }

    /** Whether any method has an answer there. */
    boolean has(String path) {
        List<String> segments = segments(path);
        return all.stream()
                .anyMatch(
                        route ->
                                route.segments().size() == segments.size()
                                        && match(route.segments(), segments) != null);
    }

    private static List<String> segments(String path) {
        return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
    }

    private static @Nullable Map<String, String> match(
            List<String> template, List<String> segments) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String part = template.get(i);
            String segment = segments.get(i);
            if (part.startsWith("{")) {
                if (segment.isEmpty()) {
                    return null;
                }
                parameters.put(part.substring(1, part.length() - 1), segment);
            } else if (!part.equals(segment)) {
                return null;
            }
        }
        return parameters;
    }

    private static String key(String method, int segments) {
        return method + segments;
    }
}
