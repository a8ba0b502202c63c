// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * ArcSight's Common Event Format, version 0.
 *
 * <pre>
 * CEF:0|Torimono|Torimono|1|rule|policy|severity|key=value key=value
 * </pre>
 */
final class Cef {
    private static final int MOST = 10;

    private Cef() {}

    static String text(Shipment shipment) {
        StringBuilder text = new StringBuilder("CEF:0|Torimono|Torimono|1|");
        text.append(header(shipment.rule())).append('|');
        text.append(header(shipment.event().path("name").asString(""))).append('|');
        // Ours has 0 for the worst of eight, CEF 10 for the worst of eleven.
        text.append(Math.round(MOST - shipment.severity() * MOST / 7.0)).append('|');
        StringBuilder extension = new StringBuilder();
        extension(shipment)
                .forEach(
                        (key, value) -> {
                            if (!value.isEmpty()) {
                                extension.append(extension.isEmpty() ? "" : " ");
                                extension.append(key).append('=').append(extension(value));
                            }
                        });
        return text.append(extension).toString();
    }

    private static Map<String, String> extension(Shipment shipment) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("rt", Long.toString(shipment.time().toEpochMilli()));
        all.put("externalId", shipment.id());
        all.put("cat", shipment.event().path("category").asString(""));
        all.put("dvchost", shipment.host());
        all.put("suser", shipment.field("user.name"));
        all.put("sproc", shipment.field("proc.name"));
        all.put("spid", shipment.field("proc.pid"));
        all.put("filePath", shipment.field("fd.name"));
        all.put("act", actions(shipment.event().path("actions")));
        all.put("msg", shipment.event().path("content").path("output").asString(""));
        custom(all, 1, "container", shipment.label("container.name"));
        custom(all, 2, "image", shipment.label("container.image.repo"));
        custom(all, 3, "pod", shipment.label("kubernetes.pod.name"));
        custom(all, 4, "namespace", shipment.label("kubernetes.namespace.name"));
        custom(all, 5, "cluster", shipment.label("kubernetes.cluster.name"));
        custom(all, 6, "commandLine", shipment.field("proc.cmdline"));
        return all;
    }

    private static void custom(Map<String, String> all, int number, String label, String value) {
        if (!value.isEmpty()) {
            all.put("cs" + number + "Label", label);
            all.put("cs" + number, value);
        }
    }

    private static String actions(JsonNode actions) {
        StringBuilder text = new StringBuilder();
        for (JsonNode action : actions) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(action.path("type").asString("").toLowerCase(Locale.ROOT))
                    .append(' ')
                    .append(action.path("status").asString(""));
        }
        return text.toString();
    }

    private static String header(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}+", " ");
    }

    private static String extension(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace("\r\n", "\\n")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
