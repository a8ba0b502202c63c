// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;

/** The CONTEXT extension of the event in hand: who the kernel says did it. Refilled per event. */
final class Context {
    private boolean present;
    private long tgid;
    private long startNs;
    private long cgroupId;
    private long mountNamespace;
    private long uid;

    /** Reads it; false when it is there but too short to be one. */
    boolean read(Event event) {
        int param = event.extension(Extension.CONTEXT);
        int length = event.length(param);
        present = length >= Extension.CONTEXT_BYTES;
        if (!present) {
            tgid = 0;
            startNs = 0;
            cgroupId = 0;
            mountNamespace = 0;
            uid = 0;
            return length == 0;
        }
        tgid = Integer.toUnsignedLong(event.u32At(param, 0));
        startNs = event.u64At(param, 8);
        cgroupId = event.u64At(param, 16);
        mountNamespace = Integer.toUnsignedLong(event.u32At(param, 24));
        uid = Integer.toUnsignedLong(event.u32At(param, 28));
        return true;
    }

    boolean present() {
        return present;
    }

    long tgid() {
        return tgid;
    }

    /** Start of the thread group, ns since boot; 0 unknown. */
    long startNs() {
        return startNs;
    }

    /** 0 unknown. */
    long cgroupId() {
        return cgroupId;
    }

    long mountNamespace() {
        return mountNamespace;
    }

    /** Real user id. */
    long uid() {
        return uid;
    }
}
