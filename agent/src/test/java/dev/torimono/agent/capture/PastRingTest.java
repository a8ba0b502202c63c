// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class PastRingTest {
    private static final byte[] BLOCK = new byte[1000];

    private final PastRing ring = new PastRing();

    private void fill(int events) {
        for (int i = 0; i < events; i++) {
            ring.add(BLOCK, BLOCK.length, i);
        }
    }

    @Test
    void everythingKeptIsCountedAndComesBackInOrder() {
        fill(1000);
        assertThat(ring.bytes()).isEqualTo(1_000_000);
        List<Chunk> past = ring.past();
        assertThat(past.stream().mapToLong(chunk -> chunk.bytes().length).sum())
                .isEqualTo(1_000_000);
        for (int i = 1; i < past.size(); i++) {
            assertThat(past.get(i).firstNs()).isEqualTo(past.get(i - 1).lastNs() + 1);
        }
        assertThat(ring.oldestNs()).isZero();
    }

    @Test
    void oldestGoesFirst() {
        fill(1000);
        int gone = ring.forgetOldest();
        assertThat(ring.bytes()).isEqualTo(1_000_000 - gone);
        assertThat(ring.oldestNs()).isEqualTo(gone / 1000);
        ring.forgetBefore(900);
        assertThat(ring.oldestNs()).isBetween(800L, 900L);
    }

    @Test
    void blockLargerThanAChunkIsKeptWhole() {
        fill(3);
        ring.add(new byte[200_000], 200_000, 9);
        fill(1);
        assertThat(ring.bytes()).isEqualTo(204_000);
        assertThat(ring.past().stream().mapToLong(chunk -> chunk.bytes().length).sum())
                .isEqualTo(204_000);
    }

    @Test
    void endedProcessesAreToldIfTheyWereThereBefore() {
        Task old = new Task(1, 1).cloneTimeNs(10).exited(100, 0);
        Task young = new Task(2, 2).cloneTimeNs(50).exited(100, 0);
        ring.ended(old);
        ring.ended(young);
        assertThat(ring.endedSince(20)).containsExactly(old);
        ring.forgetBefore(101);
        assertThat(ring.endedSince(20)).isEmpty();
    }
}
