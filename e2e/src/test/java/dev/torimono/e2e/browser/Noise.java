// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a page asked of anybody but the collector, and what it complained of. */
final class Noise {
    private final URI console;
    private final List<String> strangers = Collections.synchronizedList(new ArrayList<>());
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    Noise(URI console) {
        this.console = console;
    }

    /** Takes one event of the DevTools. */
    void heard(String method, JsonNode parameters) {
        switch (method) {
            case "Network.requestWillBeSent" -> {
                String url = parameters.path("request").path("url").asString("");
                // What stands in the address itself is asked of nobody: icons of the browser's own.
                boolean ours =
                        url.startsWith(console + "/")
                                || url.startsWith("about:")
                                || url.startsWith("data:");
                if (!ours && !url.startsWith("blob:" + console)) {
                    strangers.add(url);
                }
            }
            case "Runtime.exceptionThrown" ->
                    complaints.add(parameters.path("exceptionDetails").toString());
            case "Log.entryAdded" -> {
                JsonNode entry = parameters.path("entry");
                // Answers of the API that are no success stand there too; pages deal with those.
                boolean network = entry.path("source").asString("").equals("network");
                if (entry.path("level").asString("").equals("error") && !network) {
                    complaints.add(entry.path("text").asString(""));
                }
            }
            default -> {}
        }
    }

    List<String> strangers() {
        return List.copyOf(strangers);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }
}
