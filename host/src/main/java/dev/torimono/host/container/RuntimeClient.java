// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Container;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to ask one container runtime. Used by one thread, never the pipeline's; may block up to its
 * own timeouts. Every failure is an IOException: the caller waits and starts over with {@link
 * #connect}.
 */
public interface RuntimeClient extends AutoCloseable {
    /** Something that happened to a container. */
    record Change(Kind kind, String fullId) {
        /** What happened. */
        public enum Kind {
            STARTED,
            CHANGED,
            ENDED
        }
    }

    /** For messages: which runtime, where. */
    String name();

    /** Whether containers that a cgroup path gives that runtime are this one's. */
    boolean answersFor(String runtime);

    /** Whether the runtime is installed at all, as far as that can be told without asking it. */
    boolean present();

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
