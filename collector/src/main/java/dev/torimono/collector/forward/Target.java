// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.io.IOException;
import java.util.List;

/** Another system that takes events. One thread calls; a call may wait. */
interface Target extends AutoCloseable {
    /**
     * Hands some over. What returns has been taken, but for those that are counted.
     *
     * @return how many it will never take
     * @throws RefusedException when it will never take these together; fewer may do
     * @throws IOException when it takes none at the moment; some may have arrived
     */
    int send(List<Shipment> events) throws IOException, InterruptedException;

    /** How many events at a time it is best given. */
    default int together() {
        return 200;
    }

    @Override
    void close();
}
