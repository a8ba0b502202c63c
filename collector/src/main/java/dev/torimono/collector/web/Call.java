// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call.
 *
 * @param caller who
 * @param address from where
 * @param path variable parts of the path
 * @param query the part after the question mark
 * @param token what it was let in by; empty on public routes
 * @param body what was sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Call(
        Caller caller,
        String address,
        Map<String, String> path,
        Map<String, String> query,
        String token,
        byte[] body) {

    /** The body as a JSON object. */
    public ObjectNode json() {
        try {
            return Json.object(body);
        } catch (BadJsonException e) {
            throw new ApiException(ApiException.BAD_REQUEST, "bad_json", "body: " + e.getMessage());
        }
    }

    public String text(String name) {
        return Optional.ofNullable(path.get(name)).orElseThrow();
    }

    public long number(String name) {
        String text = text(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.notFound(name + " " + text);
        }
    }

    public String query(String name, String fallback) {
        return query.getOrDefault(name, fallback);
    }

    /** A whole number within bounds. */
    public long query(String name, long fallback, long min, long max) {
        String text = query.get(name);
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw ApiException.badRequest(name + ": must be a whole number from " + min + " to " + max);
    }
}
