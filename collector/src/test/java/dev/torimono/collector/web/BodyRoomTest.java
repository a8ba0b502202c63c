// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class BodyRoomTest {
    private static final int MEBIBYTE = 1 << 20;

    @Test
    void whoFindsNoRoomInTimeIsToldToComeAgain() {
        BodyRoom room = new BodyRoom(4 * MEBIBYTE, 20);
        BodyRoom.Place first = room.enter(3 * MEBIBYTE, 16 * MEBIBYTE);
        assertThatThrownBy(() -> room.enter(2 * MEBIBYTE, 16 * MEBIBYTE))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("tell it again later");
        try (BodyRoom.Place _ = room.enter(MEBIBYTE, 16 * MEBIBYTE);
                BodyRoom.Place _ = room.enter(1000, 16 * MEBIBYTE)) {
            first.close();
        }
        room.enter(4 * MEBIBYTE, 16 * MEBIBYTE).close();
    }

    @Test
    void whatIsLargerThanAllOfItOrNotAnnouncedGoesAlone() {
        BodyRoom room = new BodyRoom(4 * MEBIBYTE, 20);
        try (BodyRoom.Place _ = room.enter(-1, 16 * MEBIBYTE)) {
            assertThatThrownBy(() -> room.enter(100_000, 16 * MEBIBYTE))
                    .isInstanceOf(ApiException.class);
        }
        room.enter(100_000, 16 * MEBIBYTE).close();
    }

    @Test
    void manyAtOnceAreUnderWayAFewAtATime() throws InterruptedException {
        BodyRoom room = new BodyRoom(8 * MEBIBYTE, 60_000);
        AtomicLong inside = new AtomicLong();
        AtomicInteger done = new AtomicInteger();
        AtomicLong most = new AtomicLong();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> agents = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            agents.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        await(begin);
                                        try (BodyRoom.Place _ =
                                                room.enter(2 * MEBIBYTE, 16 * MEBIBYTE)) {
                                            long now = inside.incrementAndGet();
                                            most.accumulateAndGet(now, Math::max);
                                            LockSupport.parkNanos(1000);
                                            inside.decrementAndGet();
                                        }
                                        done.incrementAndGet();
                                    }));
        }
        begin.countDown();
        for (Thread agent : agents) {
            agent.join();
        }
        assertThat(done.get()).isEqualTo(200);
        assertThat(most.get()).isBetween(1L, 4L);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
