// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Reads what guards and the tree killer need of /proc. A process that ended reads as absent. */
public final class ProcFiles {
    private final Path root;
    private final LongFunction<@Nullable Text> places;

    /** Reads below a root, {@code /proc} on a host. */
    public ProcFiles(Path root) {
        this(root, _ -> null);
    }

    /** The same; {@code places} may know a cgroup that its file does not show; null for none. */
    public ProcFiles(Path root, LongFunction<@Nullable Text> places) {
        this.root = root;
        this.places = places;
    }

    /** A process; empty when it is gone. */
    public Optional<ProcessFacts> process(long pid) {
        return text(pid, "stat").flatMap(ProcFiles::parse);
    }

    /** Every process. */
    public List<ProcessFacts> all() {
        List<ProcessFacts> all = new ArrayList<>(512);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[1-9]*")) {
            for (Path entry : entries) {
                read(entry.resolve("stat")).flatMap(ProcFiles::parse).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new ActionException("processes: " + root + ": cannot be listed", e);
        }
        return all;
    }

    /** Resolved path of the program; empty when it cannot be told. */
    String exe(long pid) {
        return link(pid, "exe");
    }

    /** The pid namespace, such as {@code pid:[4026531836]}; empty when it cannot be told. */
    String pidNamespace(long pid) {
        return link(pid, "ns/pid");
    }

    /** The lines of its cgroup file; none when it is gone. */
    public List<String> cgroups(long pid) {
        List<String> shown =
                text(pid, "cgroup").map(text -> text.lines().toList()).orElse(List.of());
        Text place = shown.isEmpty() ? null : places.apply(pid);
        if (place == null) {
            return shown;
        }
        List<String> all = new ArrayList<>(shown);
        all.add(place.toString());
        return all;
    }

    /** Real user id; -1 when it cannot be told. */
    long uid(long pid) {
        return text(pid, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length > 1)
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElse(-1);
    }

    private String link(long pid, String name) {
        try {
            return Files.readSymbolicLink(root.resolve(Long.toString(pid)).resolve(name))
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }

    private Optional<String> text(long pid, String name) {
        return read(root.resolve(Long.toString(pid)).resolve(name));
    }

    /** A comm may hold bytes that are no UTF-8. */
    private static Optional<String> read(Path path) {
        try {
            return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessFacts> parse(String stat) {
        try {
            return Optional.of(ProcessFacts.parse(stat));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
