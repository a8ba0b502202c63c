// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import dev.torimono.host.container.ImageName;
import dev.torimono.host.container.PodLabels;
import dev.torimono.host.container.RuntimeClient;
import dev.torimono.model.Container;
import dev.torimono.model.Epoch;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads containers and changes from the Docker Engine API's JSON. */
final class DockerJson {
    private static final int SHORT_ID = 12;
    private static final String SHA256 = "sha256:";

    private DockerJson() {}

    /** What happened, of the few events that matter; null for the others. */
    static RuntimeClient.@Nullable Change change(JsonNode event, String runtime) {
        String id = text(event.path("Actor"), "ID");
        if (id.isEmpty()) {
            id = text(event, "id");
        }
        String action = text(event, "Action");
        RuntimeClient.Change.Kind kind =
                switch (action.isEmpty() ? text(event, "status") : action) {
                    // Known when it is made, it is described before its first process runs.
                    case "create", "rename", "update" -> RuntimeClient.Change.Kind.CHANGED;
                    case "start" -> RuntimeClient.Change.Kind.STARTED;
                    case "destroy", "remove" -> RuntimeClient.Change.Kind.ENDED;
                    default -> null;
                };
        return kind == null || id.isEmpty()
                ? null
                : new RuntimeClient.Change(kind, id, outline(id, event.path("Actor"), runtime));
    }

    /**
     * What the event itself tells of its container: all there is to know of one that was removed
     * before anybody could ask.
     */
    private static @Nullable Container outline(String id, JsonNode actor, String runtime) {
        Map<String, String> labels = labels(actor.path("Attributes"));
        String name = Objects.requireNonNullElse(labels.remove("name"), "");
        String image = Objects.requireNonNullElse(labels.remove("image"), "");
        if (name.isEmpty()) {
            return null;
        }
        ImageName parts = imageName(image, image.startsWith(SHA256) ? plain(image) : "-", null);
        return new Container(
                id.substring(0, Math.min(SHORT_ID, id.length())),
                id,
                name,
                runtime,
                image,
                "",
                parts.repository(),
                parts.tag(),
                parts.digest(),
                null,
                labels,
                List.of(),
                "",
                0,
                false,
                false,
                false,
                "",
                PodLabels.pod(labels, ""),
                false);
    }

    /** The container of an inspect answer, with that of its image where it is known. */
    static Container container(JsonNode json, @Nullable JsonNode image, String runtime) {
        String id = text(json, "Id");
        JsonNode config = json.path("Config");
        JsonNode host = json.path("HostConfig");
        Map<String, String> labels = labels(config.path("Labels"));
        String reference = text(config, "Image");
        String imageId = plain(text(json, "Image"));
        ImageName name = imageName(reference, imageId, image);
        return new Container(
                id.substring(0, Math.min(SHORT_ID, id.length())),
                id,
                strip(text(json, "Name")),
                runtime,
                reference,
                imageId,
                name.repository(),
                name.tag(),
                name.digest(),
                host.path("Privileged").asBoolean(false),
                labels,
                DockerMounts.read(json.path("Mounts")),
                address(json.path("NetworkSettings")),
                time(text(json, "Created")),
                text(host, "PidMode").equals("host"),
                text(host, "NetworkMode").equals("host"),
                text(host, "IpcMode").equals("host"),
                healthcheck(config),
                PodLabels.pod(labels, ""),
                false);
    }

    /** Completed by the image's own names, where the reference is an id or lacks a part. */
    private static ImageName imageName(String reference, String id, @Nullable JsonNode image) {
        boolean byId = plain(reference).equals(id) || id.startsWith(plain(reference));
        ImageName name = byId ? new ImageName("", "", "") : ImageName.parse(reference);
        String repository = name.repository();
        String tag = name.tag();
        String digest = name.digest();
        for (String known : texts(image, "RepoTags")) {
            ImageName tagged = ImageName.parse(known);
            repository = repository.isEmpty() ? tagged.repository() : repository;
            if (tag.isEmpty() && sameName(repository, tagged.repository())) {
                tag = tagged.tag();
            }
        }
        for (String known : texts(image, "RepoDigests")) {
            ImageName pinned = ImageName.parse(known);
            repository = repository.isEmpty() ? pinned.repository() : repository;
            if (digest.isEmpty() && sameName(repository, pinned.repository())) {
                digest = pinned.digest();
            }
        }
        boolean bare = tag.isEmpty() && name.digest().isEmpty() && !repository.isEmpty();
        return new ImageName(repository, bare ? "latest" : tag, digest);
    }

    /** Docker leaves its own registry's name out, podman spells it. */
    private static boolean sameName(String a, String b) {
        return a.equals(b) || a.endsWith("/" + b) || b.endsWith("/" + a);
    }

    private static String address(JsonNode network) {
        String own = text(network, "IPAddress");
        if (own.isEmpty()) {
            for (JsonNode attached : network.path("Networks")) {
                own = own.isEmpty() ? text(attached, "IPAddress") : own;
            }
        }
        return own;
    }

    /** The command as the shell would show it; empty for none. */
    private static String healthcheck(JsonNode config) {
        List<String> test = texts(config.path("Healthcheck"), "Test");
        if (test.isEmpty() || test.getFirst().equals("NONE")) {
            return "";
        }
        String command = String.join(" ", test.subList(1, test.size()));
        if (!test.getFirst().equals("CMD-SHELL")) {
            return command;
        }
        List<String> shell = texts(config, "Shell");
        return (shell.isEmpty() ? "/bin/sh -c" : String.join(" ", shell)) + " " + command;
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> labels = new HashMap<>();
        json.propertyStream().forEach(e -> labels.put(e.getKey(), e.getValue().asString("")));
        return labels;
    }

    private static List<String> texts(@Nullable JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        if (json != null) {
            for (JsonNode item : json.path(field)) {
                texts.add(item.asString(""));
            }
        }
        return texts;
    }

    private static long time(String text) {
        try {
            return Epoch.ns(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    private static String plain(String digest) {
        return digest.startsWith(SHA256) ? digest.substring(SHA256.length()) : digest;
    }

    private static String strip(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }
}
