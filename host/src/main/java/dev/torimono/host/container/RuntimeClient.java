// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to ask one container runtime. Used by one thread, never the pipeline's; may block up to its
 * own timeouts. Every failure is an IOException: the caller waits and starts over with {@link
 * #connect}.
 */
public interface RuntimeClient extends AutoCloseable {
    /**
     * Something that happened to a container.
     *
     * @param kind what
     * @param fullId to which
     * @param outline what the message itself told of it; null for nothing
     */
    record Change(Kind kind, String fullId, @Nullable Container outline) {
        public Change(Kind kind, String fullId) {
            this(kind, fullId, null);
        }

        /** What happened. */
        public enum Kind {
            STARTED,
            CHANGED,
            ENDED
        }
    }

    /** Which runtime it is, as {@link Container#runtime} says it. */
    String runtime();

    /** Where it listens. */
    Path socket();

    /** For messages: which runtime, where. */
    default String name() {
        return runtime() + " at " + socket();
    }

    /** Whether containers that a cgroup path gives that runtime are this one's. */
    default boolean answersFor(String of) {
        return of.equals(runtime());
    }

    /** Whether the runtime is installed at all, as far as that can be told without asking it. */
    default boolean present() {
        return Files.exists(socket());
    }

    /** The runtime's version; empty when it does not tell. */
    String version() throws IOException;

    /** Starts to listen for changes; call before {@link #list}, so that none is missed between. */
    void connect() throws IOException;

    /** Every running container, described. */
    List<Container> list() throws IOException;

    /** One container; null when the runtime does not know it. */
    @Nullable Container inspect(String fullId) throws IOException;

    /** The next change; null when none came in time or {@link #wake} was called. */
    @Nullable Change next(long timeoutMs) throws IOException;

    /** Ends a wait in {@link #next}; may be called by any thread. */
    void wake();

    @Override
    void close();
}
