// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.response.policy.PolicyFile;
import dev.torimono.response.source.LineDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Changes files of policies, each at once: an agent that watches them never reads half a file. */
public final class PolicyFolder {
    private PolicyFolder() {}

    /**
     * The files there will be when others come into a folder, each under its own name.
     *
     * @param now those of the folder
     * @param coming those that come
     */
    public static List<PolicyFile> after(
            Path folder, List<PolicyFile> now, List<PolicyFile> coming) {
        List<PolicyFile> after = new ArrayList<>(now);
        for (PolicyFile file : coming) {
            PolicyFile placed = new PolicyFile(place(folder, file).toString(), file.content());
            after.removeIf(old -> old.name().equals(placed.name()));
            after.add(placed);
        }
        after.sort(java.util.Comparator.comparing(PolicyFile::name));
        return after;
    }

    /** Where a file comes to lie in a folder. */
    public static Path place(Path folder, PolicyFile file) {
        return folder.resolve(Path.of(file.name()).getFileName());
    }

    /** What changes from some files to others, by file; empty when nothing does. */
    public static String diff(List<PolicyFile> before, List<PolicyFile> after) {
        StringBuilder out = new StringBuilder();
        for (PolicyFile file : after) {
            String old =
                    before.stream()
                            .filter(one -> one.name().equals(file.name()))
                            .map(PolicyFile::content)
                            .findFirst()
                            .orElse("");
            if (!old.equals(file.content())) {
                out.append(old.isEmpty() ? "new      " : "changed  ").append(file.name());
                out.append('\n');
                LineDiff.of(old, file.content()).forEach(line -> out.append(line).append('\n'));
            }
        }
        return out.toString();
    }

    /** Replaces a file at once. */
    public static void write(PolicyFile file) {
        Path path = Path.of(file.name());
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("no file");
            }
            Files.createDirectories(folder);
            Path next =
                    Files.createTempFile(
                            folder,
                            ".torimono",
                            ".next",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.write(next, file.content().getBytes(StandardCharsets.UTF_8));
            if (Files.exists(path)) {
                Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(path));
            } else {
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
            }
            Files.move(
                    next,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT,
                    "policies: " + path + ": cannot be written: " + e.getMessage(),
                    e);
        }
    }
}
