// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import org.junit.jupiter.api.Test;

class FdMapTest {
    private final FdPool pool = new FdPool();
    private final FdMap fds = new FdMap(pool);

    @Test
    void lowAndHighNumbersAreKept() {
        open(3);
        open(255);
        open(1_000_000);
        assertThat(fds.size()).isEqualTo(3);
        assertThat(fds.get(255)).extracting(Fd::number).isEqualTo(255L);
        assertThat(fds.get(1_000_000)).isNotNull();
        fds.close(1_000_000);
        fds.close(3);
        assertThat(fds.get(1_000_000)).isNull();
        assertThat(fds.size()).isEqualTo(1);
    }

    @Test
    void closedFdIsUsedAgain() {
        Fd first = open(3);
        fds.close(3);
        assertThat(open(4)).isSameAs(first);
    }

    @Test
    void copyIsIndependent() {
        open(3).kind(FdKind.FIFO).openFlags(5);
        FdMap child = new FdMap(pool);
        child.copyFrom(fds);
        fds.close(3);
        Fd copy = child.get(3);
        assertThat(copy).isNotNull();
        assertThat(copy.kind()).isEqualTo(FdKind.FIFO);
        assertThat(copy.openFlags()).isEqualTo(5);
    }

    @Test
    void flaggedFdsAreClosedTogether() {
        open(3).openFlags(OpenFlags.CLOEXEC);
        open(4).openFlags(1);
        open(1 << 20).openFlags(OpenFlags.CLOEXEC | 1);
        fds.closeFlagged(OpenFlags.CLOEXEC);
        assertThat(fds.size()).isEqualTo(1);
        assertThat(fds.get(4)).isNotNull();
    }

    @Test
    void numberOfFdsIsBounded() {
        for (int i = 0; i < FdMap.MAX_FDS; i++) {
            open(i);
        }
        assertThat(fds.open(FdMap.MAX_FDS)).isNull();
        assertThat(fds.open(-1)).isNull();
        assertThat(fds.open(7)).isNotNull();
    }

    private Fd open(long number) {
        Fd fd = fds.open(number);
        assertThat(fd).isNotNull();
        return fd;
    }
}
