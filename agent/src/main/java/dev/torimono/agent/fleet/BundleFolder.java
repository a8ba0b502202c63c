// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the collector told to enforce, on disk, so that it stays in force without the collector.
 *
 * <pre>
 * bundle/rules.yaml  bundle/policies.yaml  bundle/version     in force
 * bundle/previous/…                                           while another is tried
 * bundle/unusable/…                                           kept for whoever asks why
 * </pre>
 */
public final class BundleFolder {
    private static final List<String> FILES = List.of("rules.yaml", "policies.yaml", "version");

    private final Path folder;
    private final Path previous;
    private final Path unusable;
    private String trouble = "";

    /** Makes an empty bundle when there is none, or none that can be read. */
    public BundleFolder(Path folder) throws IOException {
        this.folder = folder;
        this.previous = folder.resolve("previous");
        this.unusable = folder.resolve("unusable");
        Files.createDirectories(previous);
        try {
            if (Files.exists(previous.resolve("version"))) {
                // We ended while another was tried: what was in force before is known to be good.
                restore();
            }
            for (String file : FILES) {
                if (Files.exists(folder.resolve(file))) {
                    Files.readString(folder.resolve(file));
                }
            }
        } catch (IOException e) {
            trouble = e.getClass().getSimpleName() + ": " + e.getMessage();
            setAside();
        }
        fill();
    }

    private void fill() throws IOException {
        if (!Files.exists(rules())) {
            write("rules.yaml", "[]\n");
        }
        if (!Files.exists(policies())) {
            write("policies.yaml", "policies: []\n");
        }
        if (!Files.exists(folder.resolve("version"))) {
            write("version", "");
        }
    }

    public Path rules() {
        return folder.resolve("rules.yaml");
    }

    public Path policies() {
        return folder.resolve("policies.yaml");
    }

    /** Why what was there could not be read; empty when it could. */
    String trouble() {
        return trouble;
    }

    /** Whether the collector told anything. */
    boolean isEmpty() throws IOException {
        return version().isEmpty();
    }

    /** Puts what is there out of force: nothing of it holds until the collector tells anew. */
    void setAside() throws IOException {
        Files.createDirectories(unusable);
        for (String file : FILES) {
            remove(unusable.resolve(file));
            remove(previous.resolve(file));
            if (Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                Files.move(folder.resolve(file), unusable.resolve(file));
            }
        }
        fill();
    }

    /** It was not the one to blame. */
    void takeBack() throws IOException {
        for (String file : FILES) {
            if (Files.exists(unusable.resolve(file))) {
                Files.move(
                        unusable.resolve(file),
                        folder.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** Empty when the collector has told nothing yet. */
    String version() throws IOException {
        return Files.readString(folder.resolve("version")).strip();
    }

    /** Puts another bundle in its place; {@link #keep} or {@link #restore} must follow. */
    void replace(String version, String rules, String policies) throws IOException {
        for (String file : FILES) {
            Files.copy(
                    folder.resolve(file),
                    previous.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        write("rules.yaml", rules);
        write("policies.yaml", policies);
        write("version", version);
    }

    /** It is good. */
    void keep() throws IOException {
        Files.deleteIfExists(previous.resolve("version"));
    }

    /** It is not: the one before is put back. */
    void restore() throws IOException {
        for (String file : FILES) {
            Files.copy(
                    previous.resolve(file),
                    folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        keep();
    }

    private void write(String name, String text) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh,
                folder.resolve(name),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
