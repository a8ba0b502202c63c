// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * Takes hold of processes such that a signal can never reach another process that got the same id:
 * a port, because only the sensor calls the kernel. Used by any thread.
 */
public interface ProcessKiller {
    int SIGKILL = 9;
    int SIGCONT = 18;
    int SIGSTOP = 19;

    /**
     * Takes hold of a process.
     *
     * @param pid id of the thread group
     * @param startNs its start, ns since boot; what started at another time is another process
     */
    Grip grip(long pid, long startNs);

    /** What taking hold came to. */
    sealed interface Grip {}

    /** It is held; to be closed. */
    record Held(Hold hold) implements Grip {}

    /** It no longer is: it ended, or another process has its id now. */
    record Gone(String reason) implements Grip {}

    /** The kernel refused. */
    record Failed(String reason) implements Grip {}

    /** One process, held until closed; its id stays meaningless to others meanwhile. */
    interface Hold extends AutoCloseable {
        long pid();

        /**
         * Sends a signal.
         *
         * @return empty when sent or when it was dead already; else why not
         */
        String signal(int number);

        /** Waits until it is dead, zombies included; false when the time is over. */
        boolean awaitDeath(long timeoutMs);

        @Override
        void close();
    }
}
