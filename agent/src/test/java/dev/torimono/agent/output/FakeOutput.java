// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Remembers what it was given; can be made to hang or to fail. */
final class FakeOutput implements Output {
    final List<String> lines = new CopyOnWriteArrayList<>();
    volatile @Nullable IOException failure;
    volatile @Nullable CountDownLatch gate;
    final java.util.concurrent.atomic.AtomicInteger reopened =
            new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public void write(Line line) throws IOException, InterruptedException {
        CountDownLatch closed = gate;
        if (closed != null) {
            closed.await();
        }
        IOException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        lines.add(new String(line.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void reopen() {
        reopened.incrementAndGet();
    }

    @Override
    public void close() {}
}
