// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What an e-mail says: a channel's own templates, or all that is known in a small table. */
final class MailText {
    private MailText() {}

    static String subject(JsonNode options, Told told) {
        String template = options.path("subjectTemplate").asString("");
        return template.isEmpty()
                ? "[Torimono] " + told.severityLabel() + ": " + told.rule() + " on " + told.place()
                : Template.of(template).fill(told, Escape::line);
    }

    static String plain(JsonNode options, Told told) {
        String template = options.path("template").asString("");
        if (!template.isEmpty()) {
            return Template.of(template).fill(told, text -> text);
        }
        StringBuilder text = new StringBuilder(told.summary()).append("\n\n");
        text.append(told.output()).append("\n\n");
        rows(told).forEach((name, value) -> text.append(name + ": " + value + "\n"));
        return text.toString();
    }

    static String html(JsonNode options, Told told) {
        String template = options.path("htmlTemplate").asString("");
        if (!template.isEmpty()) {
            return Template.of(template).fill(told, Escape::html);
        }
        String own = options.path("template").asString("");
        if (!own.isEmpty()) {
            String filled = Template.of(own).fill(told, text -> text);
            return "<!doctype html><pre>" + Escape.html(filled) + "</pre>";
        }
        StringBuilder html = new StringBuilder("<!doctype html><html><body>");
        html.append("<p><b>").append(Escape.html(told.summary())).append("</b></p>");
        html.append("<p><code>").append(Escape.html(told.output())).append("</code></p><table>");
        rows(told)
                .forEach(
                        (name, value) ->
                                html.append("<tr><th align=\"left\">")
                                        .append(Escape.html(name))
                                        .append("</th><td>")
                                        .append(Escape.html(value))
                                        .append("</td></tr>"));
        return html.append("</table></body></html>").toString();
    }

    private static Map<String, String> rows(Told told) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("Time", told.event().path("timestampRFC3339Nano").asString(""));
        rows.put("Policy", told.policy());
        rows.put("Severity", told.severityLabel() + " (" + told.severity() + ")");
        rows.put("Actions", told.actions());
        told.event()
                .path("labels")
                .properties()
                .forEach(label -> rows.put(label.getKey(), label.getValue().asString("")));
        told.event()
                .path("content")
                .path("fields")
                .properties()
                .forEach(field -> rows.putIfAbsent(field.getKey(), told.field(field.getKey())));
        rows.put("Run book", told.event().path("content").path("runBook").asString(""));
        rows.put("Event", told.event().path("id").asString(""));
        rows.values().removeIf(String::isEmpty);
        return rows;
    }
}
