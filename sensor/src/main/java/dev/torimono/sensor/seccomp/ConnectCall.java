// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.EventBuilder;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * connect before it happens: to whom is in the arguments, by which protocol the socket itself
 * tells; the own end is not known yet and told as zero. One thread.
 */
final class ConnectCall {
    private static final int ADDRESS_BYTES = 128;
    private static final int ROLE_CLIENT = 1;

    /** Of a socket that speaks no protocol of IP. */
    private static final byte NOT_APPLICABLE = 1;

    private static final byte[] NO_END = new byte[0];

    private record Asked(int fd, long address, long length) {}

    private final TaskMemory memory;
    private final BorrowedFd borrowed;

    ConnectCall(TaskMemory memory, BorrowedFd borrowed) {
        this.memory = memory;
        this.borrowed = borrowed;
    }

    /** Its record; null when nobody wants it. */
    @Nullable EventBuilder record(Caught of, int contextFlags, Wanted wanted) {
        Asked asked = asked(of);
        int length = (int) Math.min(asked.length(), ADDRESS_BYTES);
        byte[] address = memory.bytes(of.tid(), asked.address(), length);
        FdKind kind = SocketTuple.kind(address);
        if (!wanted.fd(of.type(), kind == FdKind.UNKNOWN ? Interest.ANY_KIND : 1 << kind.code())) {
            return null;
        }
        byte[] tuple = SocketTuple.of(NO_END, address);
        EventBuilder event = of.begin().number("res", 0).bytes("tuple", tuple);
        event.number("fd", asked.fd()).bytes("addr", SocketTuple.address(address));
        event.extension(Extension.CONTEXT, of.context(contextFlags));
        ByteBuffer object = Caught.little(Extension.OBJECT_HEADER_BYTES + tuple.length);
        object.put((byte) kind.code()).put(protocol(of, asked.fd(), kind)).put((byte) ROLE_CLIENT);
        object.position(Extension.OBJECT_HEADER_BYTES).put(tuple);
        return event.extension(Extension.OBJECT, Caught.bytes(object));
    }

    private Asked asked(Caught of) {
        Notification n = of.notification();
        if (!of.call().plan().equals(NotifiedCall.SOCKETCALL)) {
            return new Asked(of.fd(0), n.argument(1), n.argument(2) & 0xffffffffL);
        }
        byte[] three = Arrays.copyOf(memory.bytes(of.tid(), n.argument(1), 12), 12);
        ByteBuffer in = ByteBuffer.wrap(three).order(ByteOrder.LITTLE_ENDIAN);
        return new Asked(
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()));
    }

    private byte protocol(Caught of, int fd, FdKind kind) {
        if (!kind.isInet()) {
            return NOT_APPLICABLE;
        }
        return (byte) SocketTuple.protocol(borrowed.protocol(of, fd));
    }
}
