// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered.
 *
 * @param status HTTP's
 * @param contentType what the body is
 * @param headers further headers
 * @param body what is sent; not copied
 * @param detail what the audit log is to say of it beyond the path
 * @param file what is sent instead of the body, as it is read; null for the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(
        int status,
        String contentType,
        Map<String, String> headers,
        byte[] body,
        String detail,
        @Nullable Path file) {
    private static final String JSON = "application/json";
    private static final int MAX_DETAIL_CHARS = 2000;
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    public Reply {
        headers = Map.copyOf(headers);
    }

    public Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        this(status, contentType, headers, body, "", null);
    }

    public static Reply json(JsonNode body) {
        return new Reply(OK, JSON, Map.of(), Json.bytes(body));
    }

    /** Of JSON that is written already. */
    public static Reply json(byte[] body) {
        return new Reply(OK, JSON, Map.of(), body);
    }

    public static Reply created(JsonNode body) {
        return new Reply(CREATED, JSON, Map.of(), Json.bytes(body));
    }

    public static Reply nothing() {
        return new Reply(NO_CONTENT, JSON, Map.of(), new byte[0]);
    }

    public static Reply text(String text) {
        return new Reply(
                OK, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file to be kept under a name; read while it is sent. */
    public static Reply download(Path file, String name) {
        return new Reply(
                OK,
                "application/octet-stream",
                Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
                new byte[0],
                "",
                file);
    }

    /** An error in the shape that Sysdig's clients read, with a stable code beside it. */
    public static Reply error(int status, String code, String message) {
        return error(status, code, message, Json.object());
    }

    /** With more to tell beside it. */
    public static Reply error(int status, String code, String message, ObjectNode more) {
        ObjectNode body = Json.object();
        body.put("status", status);
        body.put("code", code);
        body.put("message", message);
        body.putArray("errors").addObject().put("reason", code).put("message", message);
        body.setAll(more);
        return new Reply(status, JSON, Map.of(), Json.bytes(body));
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, more, body, detail, file);
    }

    /** The same; the audit log says what it was about. */
    public Reply about(JsonNode what) {
        String text = what.toString();
        return new Reply(
                status,
                contentType,
                headers,
                body,
                text.length() <= MAX_DETAIL_CHARS ? text : text.substring(0, MAX_DETAIL_CHARS),
                file);
    }
}
