// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.ImageName;
import dev.torimono.host.container.PodLabels;
import dev.torimono.host.grpc.ProtoReader;
import dev.torimono.model.Container;
import dev.torimono.model.Container.Mount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A container as CRI tells it, with the runtime's verbose information. */
final class ContainerStatus {
    private static final int SHORT_ID = 12;
    private static final String SHA256 = "sha256:";
    private static final String[] PROPAGATIONS = {"rprivate", "rslave", "rshared"};

    private static final String[] IMAGE_NAMES = {
        "io.kubernetes.cri.image-name", "io.kubernetes.cri-o.ImageName"
    };

    private String id = "";
    private String name = "";
    private long createdNs;
    private String image = "";
    private String userImage = "";
    private String imageRef = "";
    private String imageId = "";
    private final Map<String, String> labels = new HashMap<>();
    private final List<Mount> mounts = new ArrayList<>();
    private JsonNode info;

    private ContainerStatus(JsonMapper json) {
        info = json.createObjectNode();
    }

    /** From a ContainerStatusResponse. */
    static ContainerStatus of(byte[] response, JsonMapper json) throws IOException {
        ContainerStatus status = new ContainerStatus(json);
        ProtoReader reader = new ProtoReader(response);
        while (reader.next()) {
            if (reader.field() == 1) {
                status.status(reader.message());
            } else if (reader.field() == 2) {
                Map<String, String> entry = new HashMap<>();
                reader.entry(entry);
                status.info(entry.getOrDefault("info", ""), json);
            }
        }
        if (status.id.isEmpty()) {
            throw new IOException("cri: an answer without a container");
        }
        return status;
    }

    /** Full id of its pod's sandbox; empty when the runtime does not tell. */
    String sandboxId() {
        return info.path("sandboxID").asString("");
    }

    Container container(@Nullable PodStatus of, String runtime) {
        OciSpec spec = new OciSpec(info.path("runtimeSpec"));
        String reference = reference(spec);
        ImageName parts = ImageName.parse(reference);
        ImageName pinned = ImageName.parse(imageRef);
        boolean hostNetwork = of != null ? of.hostNetwork() : spec.shares("network");
        return new Container(
                id.substring(0, Math.min(SHORT_ID, id.length())),
                id,
                name,
                runtime,
                reference,
                plainImageId(),
                parts.repository(),
                parts.tag(),
                parts.digest().isEmpty() ? pinned.digest() : parts.digest(),
                privileged(),
                labels,
                mounts,
                of == null ? "" : of.pod().ip(),
                createdNs,
                spec.shares("pid"),
                hostNetwork,
                spec.shares("ipc"),
                "",
                of == null ? PodLabels.pod(labels, "") : of.pod(),
                false);
    }

    /** As people name it; a runtime that was given an id tells the name elsewhere. */
    private String reference(OciSpec spec) {
        if (!userImage.isEmpty()) {
            return userImage;
        }
        if (!image.startsWith(SHA256) && !image.matches("[0-9a-f]{64}")) {
            return image;
        }
        for (String annotation : IMAGE_NAMES) {
            String named = spec.annotation(annotation);
            if (!named.isEmpty()) {
                return named;
            }
        }
        return imageRef.contains("@") ? imageRef : image;
    }

    private String plainImageId() {
        String known = imageId.isEmpty() ? imageRef : imageId;
        String digest = known.substring(known.indexOf('@') + 1);
        if (imageId.isEmpty() && known.contains("@") && image.startsWith(SHA256)) {
            digest = image;
        }
        return digest.startsWith(SHA256) ? digest.substring(SHA256.length()) : digest;
    }

    private @Nullable Boolean privileged() {
        JsonNode crio = info.path("privileged");
        if (crio.isBoolean()) {
            return crio.asBoolean();
        }
        JsonNode config = info.path("config");
        if (!config.isObject()) {
            return null;
        }
        return config.path("linux").path("security_context").path("privileged").asBoolean(false);
    }

    private void info(String text, JsonMapper json) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        try {
            info = json.readTree(text);
        } catch (JacksonException e) {
            throw new IOException("cri: a container's information is no JSON", e);
        }
    }

    private void status(ProtoReader reader) throws IOException {
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> id = reader.text();
                case 2 -> name = PodStatus.text(reader.message(), 1);
                case 4 -> createdNs = reader.number();
                case 8 -> image(reader.message());
                case 9 -> imageRef = reader.text();
                case 12 -> reader.entry(labels);
                case 14 -> mount(reader.message());
                case 17 -> imageId = reader.text();
                default -> {}
            }
        }
    }

    private void image(ProtoReader reader) throws IOException {
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> image = reader.text();
                case 18 -> userImage = reader.text();
                default -> {}
            }
        }
    }

    private void mount(ProtoReader reader) throws IOException {
        String destination = "";
        String source = "";
        boolean readOnly = false;
        int propagation = 0;
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> destination = reader.text();
                case 2 -> source = reader.text();
                case 3 -> readOnly = reader.number() != 0;
                case 5 -> propagation = Math.clamp(reader.number(), 0, 2);
                default -> {}
            }
        }
        mounts.add(new Mount(source, destination, "", !readOnly, PROPAGATIONS[propagation]));
    }
}
