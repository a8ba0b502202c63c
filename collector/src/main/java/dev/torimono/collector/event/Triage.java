// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import dev.torimono.collector.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What people made of an event: part of its JSON under {@code state}. Nothing is there while nobody
 * touched it, and that means open.
 */
public final class Triage {
    public static final String STATUS = "status";
    public static final String MUTE = "muteId";
    public static final String MUTED = Status.MUTED.label();

    /** More than this is no conversation any more. */
    public static final int MAX_COMMENTS = 100;

    private static final int MAX_HISTORY = 50;
    private static final String STATE = "state";
    private static final byte[] QUOTED_STATE = "\"state\"".getBytes(StandardCharsets.UTF_8);

    private Triage() {}

    /** How far it is dealt with. */
    public enum Status {
        OPEN,
        ACKNOWLEDGED,
        CLOSED,
        MUTED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null when there is none of that name. */
        public static @Nullable Status parse(String label) {
            for (Status status : values()) {
                if (status.label().equals(label)) {
                    return status;
                }
            }
            return null;
        }
    }

    /**
     * Who did something, and when.
     *
     * @param by account
     * @param atMs ms since the epoch
     */
    public record Author(String by, long atMs) {}

    /**
     * The event as it is shown in a list, with its state and one thing more. Most were never
     * touched: what is to be added to these is added to their bytes, unread.
     *
     * @param body JSON of ours
     */
    public static byte[] shown(byte[] body, String name, String value) {
        if (contains(body, QUOTED_STATE)) {
            return Json.bytes(shown(Json.object(body)).put(name, value));
        }
        byte[] more = Json.bytes(shown(Json.object()).put(name, value));
        byte[] whole = Arrays.copyOf(body, body.length + more.length - 1);
        whole[body.length - 1] = ',';
        System.arraycopy(more, 1, whole, body.length, more.length - 1);
        return whole;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        int last = bytes.length - part.length;
        for (int i = 0; i <= last; i++) {
            if (bytes[i] == part[0]
                    && Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** The event with its state, also where nobody touched it. */
    public static ObjectNode shown(ObjectNode event) {
        event.set(STATE, of(event));
        return event;
    }

    public static Status status(ObjectNode event) {
        Status status = Status.parse(event.path(STATE).path(STATUS).asString(""));
        return status == null ? Status.OPEN : status;
    }

    /** What filters ask for. */
    static Map<String, JsonNode> attributes(ObjectNode event) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        JsonNode state = event.path(STATE);
        attributes.put(STATUS, StringNode.valueOf(status(event).label()));
        attributes.put("statusBy", state.path("by"));
        if (state.path(MUTE).asLong(0) > 0) {
            attributes.put(MUTE, state.path(MUTE));
        }
        return attributes;
    }

    /** Another status; null when it has that already. */
    public static @Nullable StoredEvent moved(
            byte[] body, Status status, Author author, String reason) {
        ObjectNode event = Json.object(body);
        return move(event, status, author, reason) ? revised(event) : null;
    }

    /** The same, and a comment; null when nothing changes. */
    public static @Nullable StoredEvent moved(
            byte[] body, Status status, Author author, String reason, String comment) {
        ObjectNode event = Json.object(body);
        boolean moved = move(event, status, author, reason);
        boolean said = !comment.isEmpty() && comment(event, author, comment);
        return moved || said ? revised(event) : null;
    }

    /** One more comment; null when there is room for no more. */
    public static @Nullable StoredEvent commented(byte[] body, Author author, String text) {
        ObjectNode event = Json.object(body);
        return comment(event, author, text) ? revised(event) : null;
    }

    /** An event that a mute hides from the start. */
    public static StoredEvent muted(byte[] body, long mute, Author author, String reason) {
        ObjectNode event = Json.object(body);
        move(event, Status.MUTED, author, reason);
        ((ObjectNode) event.get(STATE)).put(MUTE, mute);
        return EventCodec.stored(event);
    }

    private static boolean move(ObjectNode event, Status status, Author author, String reason) {
        if (status(event) == status) {
            return false;
        }
        ObjectNode state = of(event);
        event.set(STATE, state);
        state.put(STATUS, status.label());
        state.put("by", author.by());
        state.put("at", author.atMs());
        state.put("reason", reason);
        ArrayNode history = (ArrayNode) state.get("history");
        if (history.size() >= MAX_HISTORY) {
            history.remove(0);
        }
        history.addObject()
                .put(STATUS, status.label())
                .put("by", author.by())
                .put("at", author.atMs())
                .put("reason", reason);
        return true;
    }

    private static boolean comment(ObjectNode event, Author author, String text) {
        ObjectNode state = of(event);
        event.set(STATE, state);
        ArrayNode comments = (ArrayNode) state.get("comments");
        if (comments.size() >= MAX_COMMENTS) {
            return false;
        }
        comments.addObject()
                .put("id", comments.size())
                .put("by", author.by())
                .put("at", author.atMs())
                .put("text", text);
        return true;
    }

    private static ObjectNode of(ObjectNode event) {
        ObjectNode state = Json.object();
        state.put(STATUS, Status.OPEN.label());
        state.put("by", "").put("at", 0L).put("reason", "").put(MUTE, 0L);
        state.putArray("comments");
        state.putArray("history");
        if (event.path(STATE) instanceof ObjectNode there) {
            state.setAll(there);
        }
        return state;
    }

    /** As it is put in the place of the one before. */
    public static StoredEvent revised(ObjectNode event) {
        event.put("revision", event.path("revision").asLong(0) + 1);
        return EventCodec.stored(event);
    }
}
