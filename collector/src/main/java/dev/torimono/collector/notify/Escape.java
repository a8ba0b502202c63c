// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.StringNode;

/** Makes what others wrote harmless in the language of whoever is told. */
final class Escape {
    private Escape() {}

    /** In the text or an attribute of HTML. */
    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Between the quotes of a JSON string. */
    static String json(String text) {
        String quoted = new String(Json.bytes(StringNode.valueOf(text)), StandardCharsets.UTF_8);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** In a line of a header. */
    static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Slack takes three letters for mark-up, also that of links and of calls to everyone. */
    static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
