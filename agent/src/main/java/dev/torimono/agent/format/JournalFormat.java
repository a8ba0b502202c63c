// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import dev.torimono.model.Alert;
import dev.torimono.model.Container;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** The alert as JSON, with its container as policies know it. */
public final class JournalFormat implements AlertFormat {
    private static final AlertShape SHAPE =
            new AlertShape(true, true, false, true, true, Map.of(), Map.of(), "", true);

    private final JsonFormat alerts = new JsonFormat(SHAPE, ZoneOffset.UTC);

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] render(Alert alert) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        line.writeBytes(ascii("{\"alert\":"));
        line.writeBytes(alerts.render(alert));
        Container container = alert.container();
        if (container != null) {
            line.writeBytes(ascii(",\"container\":"));
            line.writeBytes(container(container));
        }
        line.writeBytes(ascii(",\"time_ns\":" + alert.finding().timeNs() + "}"));
        return line.toByteArray();
    }

    private static byte[] container(Container container) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("full_id").string(container.fullId());
        json.name("host_ipc").bool(container.hostIpc());
        json.name("host_network").bool(container.hostNetwork());
        json.name("host_pid").bool(container.hostPid());
        json.name("image").string(container.image());
        json.name("image_digest").string(container.imageDigest());
        json.name("image_id").string(container.imageId());
        json.name("image_repository").string(container.imageRepository());
        json.name("image_tag").string(container.imageTag());
        json.name("ip").string(container.ip());
        json.name("labels").value(new TreeMap<>(container.labels()));
        json.name("name").string(container.name());
        json.name("pending").bool(container.pending());
        Container.Pod pod = container.pod();
        if (pod != null) {
            json.name("pod").beginObject();
            json.name("ip").string(pod.ip());
            json.name("labels").value(new TreeMap<>(pod.labels()));
            json.name("name").string(pod.name());
            json.name("namespace").string(pod.namespace());
            json.name("sandbox_id").string(pod.sandboxId());
            json.name("uid").string(pod.uid());
            json.endObject();
        }
        json.name("privileged").value(container.privileged());
        json.name("runtime").string(container.runtime());
        return json.endObject().toBytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
