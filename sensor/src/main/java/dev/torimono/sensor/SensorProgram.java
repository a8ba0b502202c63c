// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfLink;
import dev.torimono.sensor.bpf.BpfMap;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.Libc;
import dev.torimono.sensor.bpf.RingBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The compiled kernel side, loaded: its programs, their attachments and the shared memory. */
final class SensorProgram implements AutoCloseable {
    private static final String RESOURCE = "bpf/sensor.bpf.o";

    /** {@code SLOTS_PER_CPU} of {@code base/maps.h}. */
    static final int SLOTS_PER_CPU = 2;

    private final BpfObject object;
    private final BpfMap.Mapping mapping;
    private final SharedConfig shared;
    private final Map<LifecycleHook, BpfLink> lifecycle = new EnumMap<>(LifecycleHook.class);

    private SensorProgram(BpfObject object) {
        this.object = object;
        this.mapping = object.map(".bss").mapValue();
        this.shared = new SharedConfig(mapping.memory());
    }

    static SensorProgram load(SensorConfig config, HostFiles host) {
        Preconditions.check(host);
        BpfObject object = BpfObject.open(image(), "sensor");
        try {
            object.map("lifecycle").maxEntries(config.lifecycleBytes());
            object.map("activity").maxEntries(config.activityBytes());
            object.map("scratches").maxEntries(BpfObject.possibleCpus() * SLOTS_PER_CPU);
            object.load();
            SensorProgram program = new SensorProgram(object);
            program.shared.epochOffsetNs(epochOffsetNs());
            program.shared.legacyCgroup(host.cgroupMode().legacy());
            object.program("remember_agent").run();
            return program;
        } catch (BpfException e) {
            object.close();
            throw Preconditions.explain(e, host);
        }
    }

    private static byte[] image() {
        try (InputStream in = SensorProgram.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new SensorException(
                        SensorException.Reason.LOAD_FAILED,
                        RESOURCE + ": missing from the jar: rebuild it where clang is installed");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Taken once: timestamps then keep the order of the boot clock, whatever happens to the date.
     */
    private static long epochOffsetNs() {
        long before = Libc.clockNs(Libc.CLOCK_BOOTTIME);
        long epoch = Libc.clockNs(Libc.CLOCK_REALTIME);
        long after = Libc.clockNs(Libc.CLOCK_BOOTTIME);
        return epoch - (before + (after - before) / 2);
    }

    SharedConfig shared() {
        return shared;
    }

    RingBuffer ring(String name, int bytes) {
        return new RingBuffer(object.map(name), bytes);
    }

    void attachLifecycle() {
        for (LifecycleHook hook : LifecycleHook.values()) {
            try {
                lifecycle.put(hook, object.program(hook.point()).attach());
            } catch (BpfException e) {
                throw new SensorException(
                        SensorException.Reason.ATTACH_FAILED,
                        hook.point() + ": cannot be attached: " + e.getMessage(),
                        e);
            }
        }
    }

    List<Hook> attachPlan() {
        List<Hook> plan = new ArrayList<>();
        for (LifecycleHook hook : LifecycleHook.values()) {
            plan.add(new Hook(hook.point(), "tp_btf", hook.why(), lifecycle.containsKey(hook)));
        }
        return plan;
    }

    void detach() {
        lifecycle.values().forEach(BpfLink::close);
        lifecycle.clear();
    }

    @Override
    public void close() {
        detach();
        mapping.close();
        object.close();
    }
}
