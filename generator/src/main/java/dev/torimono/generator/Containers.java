// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The throw-away containers: one per place, made when first needed, all removed at the end. */
final class Containers implements AutoCloseable {
    private static final String PERFORMER = "/torimono-performer";
    private static final String NAMES = "/run/torimono";
    private static final String IMAGE = "torimono-generate:1";
    private static final int SHORT_ID = 12;

    /** The addresses that actions of the network talk to, all reserved for documentation. */
    private static final List<String> ADDRESSES =
            List.of("192.0.2.1", "192.0.2.10", "192.0.2.11", "169.254.169.254");

    private final Docker docker;
    private final Path folder;
    private final String givenImage;
    private final List<String> options;
    private final Map<Place, String> ids = new EnumMap<>(Place.class);
    private final Map<Place, Performer> performers = new EnumMap<>(Place.class);
    private final Set<String> shortIds = ConcurrentHashMap.newKeySet();
    private @Nullable String image;

    /**
     * @param folder the private folder of the host, with the performer in it
     * @param givenImage image to use; empty for one of our own
     * @param runtime OCI runtime by the name that Docker knows; empty for its default
     */
    Containers(Docker docker, Path folder, String givenImage, String runtime) {
        this.docker = docker;
        this.folder = folder;
        this.givenImage = givenImage;
        this.options = runtime.isEmpty() ? List.of() : List.of("--runtime", runtime);
    }

    Set<String> shortIds() {
        return shortIds;
    }

    /** Fails when the daemon does not answer. */
    void check() {
        docker.run(List.of("version", "--format", "{{.Server.Version}}"));
    }

    /** The performer of a place. */
    Performer performer(Place place) {
        Performer known = performers.get(place);
        if (known != null) {
            return known;
        }
        List<String> words =
                List.of(
                        "exec",
                        "-i",
                        "-e",
                        "TORIMONO_NAMES=" + NAMES,
                        id(place),
                        PERFORMER,
                        "serve");
        Performer performer = Performer.start(docker.command(words), place.word());
        performers.put(place, performer);
        if (place == Place.NETWORK) {
            ADDRESSES.forEach(address -> must(performer.perform(List.of("own", address))));
        }
        return performer;
    }

    private static void must(String wrong) {
        if (!wrong.isEmpty()) {
            throw new GeneratorException("network: addresses cannot be set: " + wrong);
        }
    }

    /** Runs a program of that name from outside, as {@code docker exec} does. */
    void exec(List<String> words, boolean terminal) {
        must(performer(Place.CONTAINER).perform(List.of("name", words.getFirst())));
        List<String> all = new ArrayList<>(List.of("exec"));
        if (terminal) {
            all.add("-t");
        }
        all.add(id(Place.CONTAINER));
        all.add(NAMES + "/" + words.getFirst());
        all.addAll(words.subList(1, words.size()));
        docker.run(all);
    }

    /** Starts one more, which ends at once. */
    void start(List<String> more) {
        String id = create(more, List.of("perform", "name", "first"));
        try {
            docker.run(List.of("start", "-a", id));
        } finally {
            docker.run(List.of("rm", "-f", id));
        }
    }

    private String id(Place place) {
        return ids.computeIfAbsent(
                place,
                p -> {
                    String id = create(optionsOf(p), List.of("keep"));
                    docker.run(List.of("start", id));
                    return id;
                });
    }

    private static List<String> optionsOf(Place place) {
        return switch (place) {
            case NETWORK -> List.of("--cap-add", "NET_ADMIN");
            case ADMIN ->
                    List.of(
                            "--cap-add",
                            "SYS_ADMIN",
                            "--cap-add",
                            "SYS_MODULE",
                            "--security-opt",
                            "seccomp=unconfined");
            case PRIVILEGED -> List.of("--privileged");
            case HOST, CONTAINER, EXEC, TERMINAL, START -> List.of();
        };
    }

    private String create(List<String> more, List<String> words) {
        List<String> all = new ArrayList<>(List.of("create", "--network", "none"));
        all.addAll(List.of("--label", "dev.torimono.generate=" + ProcessHandle.current().pid()));
        all.addAll(List.of("--tmpfs", "/dev/shm:exec", "--tmpfs", NAMES + ":exec"));
        all.addAll(List.of("--volume", folder.resolve("performer") + ":" + PERFORMER + ":ro"));
        all.addAll(List.of("--env", "TORIMONO_NAMES=" + NAMES));
        all.addAll(options);
        all.addAll(more);
        all.add(image());
        all.add(PERFORMER);
        all.addAll(words);
        String said = docker.run(all);
        String id = said.lines().reduce((a, b) -> b).orElse(said).strip();
        shortIds.add(id.substring(0, Math.min(SHORT_ID, id.length())));
        return id;
    }

    private String image() {
        String made = image;
        if (made == null) {
            made = givenImage.isEmpty() ? IMAGE : givenImage;
            if (givenImage.isEmpty()) {
                docker.run(List.of("import", "-", IMAGE), SmallImage.tar());
            }
            image = made;
        }
        return made;
    }

    @Override
    public void close() {
        performers.values().forEach(Performer::close);
        ids.values().forEach(id -> docker.run(List.of("rm", "-f", id)));
        ids.clear();
        if (image != null && givenImage.isEmpty()) {
            docker.run(List.of("rmi", IMAGE));
            image = null;
        }
    }
}
