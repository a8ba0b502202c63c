// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfLink;
import dev.torimono.sensor.bpf.BpfObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The two hooks of io_uring, which does the work of system calls without any: what a request asks
 * for is taken at one, what came of it at the other. Kernels before 5.19 tell too little there; the
 * sensor then sees that rings are set up, and not what they do.
 */
final class RequestHooks implements AutoCloseable {
    private static final String RAW_TP = "raw_tp";
    private static final String SUBMIT = "io_uring_submit_req";
    private static final String COMPLETE = "io_uring_complete";
    private static final String WHY = "what io_uring does without a system call";

    /** Events that requests become, as {@code extract/ring.h} has it. */
    private static final List<EventType> TYPES =
            List.of(
                    EventType.symbol("SYSCALL_OPENAT_2_X"),
                    EventType.symbol("SYSCALL_UNLINKAT_2_X"),
                    EventType.symbol("SYSCALL_MKDIRAT_X"),
                    EventType.symbol("SYSCALL_RENAMEAT2_X"),
                    EventType.symbol("SYSCALL_LINKAT_2_X"),
                    EventType.symbol("SYSCALL_SYMLINKAT_X"),
                    EventType.symbol("SOCKET_SOCKET_X"),
                    EventType.symbol("SOCKET_CONNECT_X"),
                    EventType.symbol("SOCKET_ACCEPT4_6_X"),
                    EventType.symbol("SOCKET_SENDTO_X"));

    private final BpfObject object;
    private final List<BpfLink> links = new ArrayList<>();
    private boolean refused;

    RequestHooks(BpfObject object) {
        this.object = object;
    }

    /** Attaches both, unless nobody wants what they tell or the kernel has them not. */
    void attachFor(Demand demand) {
        if (!links.isEmpty() || refused || TYPES.stream().noneMatch(demand::wants)) {
            return;
        }
        try {
            links.add(object.program("ring_complete").attach());
            links.add(attachSubmit());
        } catch (BpfException e) {
            // Said in the attach plan: a kernel without these hooks is no fault.
            refused = true;
            close();
        }
    }

    private BpfLink attachSubmit() {
        try {
            return object.program("ring_submit").attach();
        } catch (BpfException newer) {
            try {
                return object.program("ring_submit_before").attach();
            } catch (BpfException older) {
                older.addSuppressed(newer);
                throw older;
            }
        }
    }

    List<Hook> plan() {
        String why = refused ? WHY + "; this kernel has no such hook" : WHY;
        boolean attached = !links.isEmpty();
        return List.of(
                new Hook(SUBMIT, RAW_TP, why, attached), new Hook(COMPLETE, RAW_TP, why, attached));
    }

    @Override
    public void close() {
        links.forEach(BpfLink::close);
        links.clear();
    }
}
