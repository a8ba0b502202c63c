// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfLink;
import dev.torimono.sensor.bpf.BpfMap;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.Libc;
import dev.torimono.sensor.bpf.RingBuffer;
import dev.torimono.sensor.gate.ExecGate;
import dev.torimono.sensor.process.PidFdKiller;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The compiled kernel side, loaded: its programs, their attachments and the shared memory. */
final class SensorProgram implements AutoCloseable {
    private static final String RESOURCE = "bpf/sensor.bpf.o";
    private static final String DISPATCHER = "sys_exit";
    private static final String TP_BTF = "tp_btf";

    /** The security module. */
    static final String REFUSAL = "refuse_exec";

    /** {@code SLOTS_PER_CPU} of {@code base/maps.h}. */
    static final int SLOTS_PER_CPU = 2;

    /** What the map of paths takes. */
    private static final int PATHS_MAX = 16384;

    private final BpfObject object;
    private final List<ProbedCall> calls;
    private final BpfMap.Mapping mapping;
    private final SharedConfig shared;
    private final EnforcementSide enforcement;
    private final HostFiles host;
    private final BpfMap.Mapping lossMapping;
    private final LossTable losses;
    private final Map<LifecycleHook, BpfLink> lifecycle = new EnumMap<>(LifecycleHook.class);
    private final Set<Family> wanted = EnumSet.noneOf(Family.class);
    private int generation;
    private String filter = "nothing is subscribed yet";
    private final Set<Long> pathKeys = new HashSet<>();
    private final RequestHooks requests;
    private @Nullable BpfLink dispatcher;

    private SensorProgram(
            BpfObject object, HostFiles host, String refusalObstacle, boolean moving) {
        this.object = object;
        this.calls = ProbedCall.all(moving);
        this.requests = new RequestHooks(object);
        this.host = host;
        this.enforcement = new EnforcementSide(object, refusalObstacle);
        this.mapping = object.map(".bss").mapValue();
        this.shared = new SharedConfig(mapping.memory());
        this.lossMapping = object.map("losses").mapArray(LossTable.ENTRIES);
        this.losses = new LossTable(lossMapping.memory());
    }

    static SensorProgram load(SensorConfig config, HostFiles host) {
        Preconditions.check(host);
        String obstacle = KernelSensor.refusalObstacle();
        BpfObject object;
        try {
            object = load(config, obstacle.isEmpty());
        } catch (BpfException e) {
            if (!obstacle.isEmpty()) {
                throw Preconditions.explain(e, host);
            }
            // Security modules work here, and this one does not: all else must.
            obstacle = String.valueOf(e.getMessage());
            object = loadWithoutRefusal(config, host);
        }
        return begin(object, config, host, obstacle);
    }

    private static BpfObject loadWithoutRefusal(SensorConfig config, HostFiles host) {
        try {
            return load(config, false);
        } catch (BpfException e) {
            throw Preconditions.explain(e, host);
        }
    }

    private static BpfObject load(SensorConfig config, boolean refusal) {
        BpfObject object = BpfObject.open(Image.read(RESOURCE), "sensor");
        try {
            object.map("lifecycle").maxEntries(config.lifecycleBytes());
            object.map("activity").maxEntries(config.activityBytes());
            object.map("scratches").maxEntries(BpfObject.possibleCpus() * SLOTS_PER_CPU);
            object.program(REFUSAL).autoload(refusal);
            object.load();
            return object;
        } catch (BpfException e) {
            object.close();
            throw e;
        }
    }

    private static SensorProgram begin(
            BpfObject object, SensorConfig config, HostFiles host, String obstacle) {
        try {
            SensorProgram program = new SensorProgram(object, host, obstacle, config.moving());
            for (EventType type : EventType.all()) {
                program.shared.params(type.code(), type.paramCount());
                program.shared.worth(type.code(), Worth.of(type));
            }
            program.shared.pressure(config);
            PlannedCall.ALL.forEach(c -> program.shared.plan(c.type().code(), c.plan().bytes()));
            PlannedCall.MOVING.forEach(c -> program.shared.plan(c.type().code(), c.plan().bytes()));
            program.shared.epochOffsetNs(epochOffsetNs());
            program.shared.legacyCgroup(host.cgroupMode().legacy());
            object.program("remember_agent").run();
            program.fillProgramTable();
            return program;
        } catch (BpfException e) {
            object.close();
            throw Preconditions.explain(e, host);
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

    /** What the gate needs; {@code readable} is told of an fd to wait on. */
    ExecGate.Parts gateParts(IntConsumer readable) {
        long before = System.nanoTime();
        long offset = Libc.clockNs(Libc.CLOCK_REALTIME) - (before + System.nanoTime()) / 2;
        return new ExecGate.Parts(
                enforcement,
                new PidFdKiller(),
                host.root().resolve("proc"),
                host.cgroupMode().legacy(),
                offset,
                readable);
    }

    SharedConfig shared() {
        return shared;
    }

    LossTable losses() {
        return losses;
    }

    RingBuffer ring(String name, int bytes) {
        return new RingBuffer(object.map(name), bytes);
    }

    void attachLifecycle() {
        for (LifecycleHook hook : LifecycleHook.values()) {
            lifecycle.put(hook, attach(hook.point()));
        }
    }

    private BpfLink attach(String name) {
        try {
            return object.program(name).attach();
        } catch (BpfException e) {
            throw new SensorException(
                    SensorException.Reason.ATTACH_FAILED,
                    name + ": cannot be attached: " + e.getMessage(),
                    e);
        }
    }

    private void fillProgramTable() {
        BpfMap table = object.map("programs");
        for (ProbedCall call : calls) {
            table.put(call.type().code(), object.program(call.family().program()).fd());
        }
    }

    /**
     * Lets the wanted calls pass, those of the process table always, and no other. Attaches the
     * dispatcher when it is not yet.
     */
    void want(Demand demand) {
        narrow(InterestTable.of(demand));
        wanted.clear();
        for (ProbedCall call : calls) {
            boolean wants = demand.wants(call.type());
            call.enable(shared, wants);
            if (wants || call.state()) {
                wanted.add(call.family());
            }
        }
        if (dispatcher == null) {
            dispatcher = attach(DISPATCHER);
        }
        requests.attachFor(demand);
    }

    /** While the masks change everything is told: an event too many does no harm. */
    private void narrow(InterestTable table) {
        shared.generation(++generation);
        rewrite(table);
        shared.generation(++generation);
    }

    private void rewrite(InterestTable table) {
        for (EventType type : EventType.all()) {
            shared.concerned(type.code(), 0);
        }
        BpfMap map = object.map("paths");
        pathKeys.forEach(map::remove);
        pathKeys.clear();
        // Until the end every type stays unconcerned: wanted whole.
        if (table.paths().size() > PATHS_MAX) {
            filter = "off: " + table.paths().size() + " paths are more than " + PATHS_MAX;
            return;
        }
        try {
            table.paths()
                    .forEach(
                            (key, interests) -> {
                                map.put(key, interests);
                                pathKeys.add(key);
                            });
        } catch (BpfException e) {
            filter = "off: the paths found no room: " + e.getMessage();
            return;
        }
        table.writeMasks(shared);
        table.writeConcerned(shared);
        filter = table.toString();
    }

    /** What the kernel leaves out, or why it leaves out nothing. */
    String filter() {
        return filter;
    }

    /** Wanted events that no interest admitted. */
    long leftOut() {
        return object.map("left_out").sumPerCpu();
    }

    List<Hook> attachPlan() {
        List<Hook> plan = new ArrayList<>();
        for (LifecycleHook hook : LifecycleHook.values()) {
            plan.add(new Hook(hook.point(), TP_BTF, hook.why(), lifecycle.containsKey(hook)));
        }
        for (Family family : Family.values()) {
            boolean attached = dispatcher != null && wanted.contains(family);
            plan.add(
                    new Hook(DISPATCHER + ": " + family.program(), TP_BTF, family.why(), attached));
        }
        plan.addAll(requests.plan());
        plan.add(enforcement.hook());
        return plan;
    }

    /** Takes one hook away, as somebody might who wants us blind. */
    void detach(String hook) {
        if (hook.equals(DISPATCHER) && dispatcher != null) {
            dispatcher.close();
            dispatcher = null;
        }
        for (LifecycleHook one : LifecycleHook.values()) {
            BpfLink link = one.point().equals(hook) ? lifecycle.remove(one) : null;
            if (link != null) {
                link.close();
            }
        }
    }

    void detach() {
        if (dispatcher != null) {
            dispatcher.close();
            dispatcher = null;
        }
        requests.close();
        lifecycle.values().forEach(BpfLink::close);
        lifecycle.clear();
    }

    @Override
    public void close() {
        detach();
        lossMapping.close();
        mapping.close();
        enforcement.close();
        object.close();
    }
}
