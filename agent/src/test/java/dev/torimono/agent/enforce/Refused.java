// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Execs of {@code /bin/bash} that the kernel side refused by itself, as its records tell. */
final class Refused {
    private static final int OVERLAYFS = 0x794c7630;
    private static final int EPERM = -1;

    private Refused() {}

    static Observation of(String path, int facts, @Nullable Container container) {
        byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] context = new byte[Extension.CONTEXT_BYTES];
        in(context).putInt(4, Extension.CONTEXT_REFUSED);
        byte[] object = new byte[Extension.OBJECT_HEADER_BYTES + name.length];
        in(object).putInt(20, facts).put(Extension.OBJECT_HEADER_BYTES, name);
        byte[] detail = new byte[Extension.DETAIL_HEADER_BYTES + 1];
        in(detail).putInt(24, 1).putInt(28, OVERLAYFS);
        return new Observation(Accounts.NONE, FdTable.NONE)
                .set(
                        new EventBuilder(EventType.symbol("SYSCALL_EXECVE_19_X"), 1, FakeExec.PID)
                                .number("res", EPERM)
                                .extension(Extension.CONTEXT, context)
                                .extension(Extension.OBJECT, object)
                                .extension(Extension.DETAIL, detail)
                                .event(),
                        FakeBench.task(container, "/bin/bash"),
                        null);
    }

    private static ByteBuffer in(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
