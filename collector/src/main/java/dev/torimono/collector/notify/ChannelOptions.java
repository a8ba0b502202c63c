// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.event.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What may stand in the options of a channel, and what of it is told nobody. */
public final class ChannelOptions {
    private static final int MAX_SECONDS = 86_400;
    private static final int MAX_AN_HOUR = 100_000;
    private static final String SMTP = "smtp";
    private static final String PASSWORD = "password";

    private ChannelOptions() {}

    /**
     * @param mail what e-mail is sent by where a channel does not say
     * @throws IllegalArgumentException when a channel could not work with them
     */
    public static void check(ChannelType type, JsonNode options, MailServer mail) {
        switch (type) {
            case EMAIL -> MailSender.check(options, mail);
            case WEBHOOK, SLACK, MS_TEAMS -> url(options, false);
            case PAGER_DUTY -> {
                url(options, true);
                require(
                        !options.path("serviceKey").asString("").isEmpty(),
                        "options.serviceKey: must not be empty");
            }
        }
        number(options, "everySeconds", MAX_SECONDS);
        number(options, "maxPerHour", MAX_AN_HOUR);
        for (String name : new String[] {"template", "subjectTemplate", "htmlTemplate"}) {
            template(options, name);
        }
        if (type == ChannelType.WEBHOOK && options.has("template")) {
            try {
                Told sample = new Told(Json.object(), 0);
                String filled =
                        Template.of(options.path("template").asString(""))
                                .fill(sample, Escape::json);
                Json.parse(filled.getBytes(StandardCharsets.UTF_8));
            } catch (BadJsonException e) {
                throw new IllegalArgumentException(
                        "options.template: must be JSON: " + e.getMessage(), e);
            }
        }
    }

    /** As it is told to people: without the password. */
    public static ObjectNode shown(ObjectNode body) {
        ObjectNode shown = body.deepCopy();
        if (shown.path("options").path(SMTP) instanceof ObjectNode smtp) {
            boolean set = !smtp.path(PASSWORD).asString("").isEmpty();
            smtp.remove(PASSWORD);
            smtp.put("passwordSet", set);
        }
        return shown;
    }

    /** A change that does not name the password keeps the one that was there. */
    public static void keepSecrets(ObjectNode body, ObjectNode old) {
        if (body.path("options").path(SMTP) instanceof ObjectNode smtp) {
            smtp.remove("passwordSet");
            JsonNode before = old.path("options").path(SMTP);
            // The password of one server is not told another.
            boolean same = before.path("host").asString("").equals(smtp.path("host").asString(""));
            if (!smtp.has(PASSWORD) && same && before.has(PASSWORD)) {
                smtp.set(PASSWORD, before.path(PASSWORD));
            }
        }
    }

    private static void template(JsonNode options, String name) {
        try {
            Template.of(options.path(name).asString(""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("options." + name + ": " + e.getMessage(), e);
        }
    }

    private static void url(JsonNode options, boolean optional) {
        String url = options.path("url").asString("");
        require(
                (optional && url.isEmpty()) || isHttp(url),
                "options.url: must be an http or https URL");
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void number(JsonNode options, String name, int max) {
        JsonNode value = options.path(name);
        boolean good =
                value.isMissingNode()
                        || (value.isIntegralNumber()
                                && value.asLong(-1) >= 0
                                && value.asLong(-1) <= max);
        require(good, "options." + name + ": must be a whole number from 0 to " + max);
    }

    static void require(boolean good, String message) {
        if (!good) {
            throw new IllegalArgumentException(message);
        }
    }
}
