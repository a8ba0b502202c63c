// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Resolves symbolic links below a root that somebody else may control, as if the root were {@code
 * /}. Only names come of it: who opens them must follow no link again, since one may be put there
 * meanwhile.
 */
public final class RootedLinks {
    private static final int MOST_LINKS = 16;
    private static final int MOST_COMPONENTS = 64;

    private RootedLinks() {}

    /**
     * The folders and the last name of a path, none for the root itself.
     *
     * @throws IOException when there are too many links or folders
     */
    public static List<String> resolve(Path root, String path) throws IOException {
        Deque<String> todo = new ArrayDeque<>(Arrays.asList(path.split("/")));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                // As in a chroot, the root is its own parent.
                if (!done.isEmpty()) {
                    done.removeLast();
                }
                continue;
            }
            done.add(name);
            Path at = root.resolve(String.join("/", done));
            if (Files.isSymbolicLink(at)) {
                if (++links > MOST_LINKS) {
                    throw new IOException(path + ": too many links");
                }
                done.removeLast();
                String target = Files.readSymbolicLink(at).toString();
                if (target.startsWith("/")) {
                    done.clear();
                }
                Arrays.asList(target.split("/")).reversed().forEach(todo::push);
            }
            if (todo.size() + done.size() > MOST_COMPONENTS) {
                throw new IOException(path + ": too many folders");
            }
        }
        return done;
    }
}
