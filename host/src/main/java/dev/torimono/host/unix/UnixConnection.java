// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.unix;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A connection to a unix socket that can wait with a deadline: blocking channels cannot, and a
 * runtime that hangs must not hold its thread for ever.
 */
public final class UnixConnection implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private UnixConnection(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Connects; a unix socket accepts or refuses at once. */
    public static UnixConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new UnixConnection(channel, Selector.open());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public void send(ByteBuffer bytes, long timeoutMs) throws IOException {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        key.interestOps(SelectionKey.OP_WRITE);
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IOException("unix socket: it takes no data");
                }
                await(left);
            }
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Fills the buffer with what is there: -1 at the end, 0 when nothing came in time. */
    public int read(ByteBuffer buffer, long timeoutMs) throws IOException {
        int n = channel.read(buffer);
        if (n != 0 || timeoutMs <= 0) {
            return n;
        }
        await(timeoutMs);
        return channel.read(buffer);
    }

    /** Ends a wait; may be called by any thread. */
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        try (channel;
                selector) {
            key.cancel();
        }
    }

    private void await(long timeoutMs) throws IOException {
        selector.select(timeoutMs);
        selector.selectedKeys().clear();
        // An interrupt ends every select at once; without this the caller would spin.
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("unix socket: interrupted");
        }
    }
}
