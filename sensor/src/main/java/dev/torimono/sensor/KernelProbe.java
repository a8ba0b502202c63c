// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfLink;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.Fanotify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what this kernel allows by doing it: versions and config files say less. */
public final class KernelProbe {
    private static final String RESOURCE = "bpf/probe.bpf.o";

    private KernelProbe() {}

    /** Tries everything; takes some hundred milliseconds and leaves nothing behind. */
    public static KernelReport inspect() {
        return inspect(HostFiles.REAL);
    }

    /** What this process may do. */
    public static Set<Capability> capabilities() {
        return capabilities(HostFiles.REAL);
    }

    private static Set<Capability> capabilities(HostFiles host) {
        long mask = host.capabilities();
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (capability.in(mask)) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }

    static KernelReport inspect(HostFiles host) {
        Set<Capability> capabilities = capabilities(host);
        boolean libbpf = BpfObject.libraryPresent();
        return new KernelReport(
                host.kernelRelease(),
                host.hasBtf(),
                libbpf,
                host.lockdown(),
                host.securityModules(),
                capabilities,
                host.cgroupMode(),
                programs(libbpf),
                fanotify());
    }

    /** Tries one type only. */
    static Support attempt(ProgramType type) {
        return BpfObject.libraryPresent()
                ? attempt(Image.read(RESOURCE), type)
                : Support.no("libbpf is missing");
    }

    private static Map<ProgramType, Support> programs(boolean libbpf) {
        Map<ProgramType, Support> programs = new EnumMap<>(ProgramType.class);
        byte[] image = libbpf ? Image.read(RESOURCE) : new byte[0];
        for (ProgramType type : ProgramType.values()) {
            programs.put(type, libbpf ? attempt(image, type) : Support.no("libbpf is missing"));
        }
        return programs;
    }

    private static Support attempt(byte[] image, ProgramType wanted) {
        try (BpfObject object = BpfObject.open(image, "probe")) {
            for (ProgramType type : ProgramType.values()) {
                object.program(type.program()).autoload(type == wanted);
            }
            object.map("ring").autocreate(wanted == ProgramType.RINGBUF);
            object.load();
            try (BpfLink _ = object.program(wanted.program()).attach()) {
                return wanted == ProgramType.LSM ? called(object) : Support.YES;
            }
        } catch (BpfException e) {
            return Support.no(String.valueOf(e.getMessage()));
        }
    }

    /** A security module attaches also where nobody calls it. */
    private static Support called(BpfObject object) {
        // To read it is to open a file, which is what the module is called for.
        boolean opened = !HostFiles.REAL.kernelRelease().isEmpty();
        if (opened && object.map("fired").sumPerCpu() > 0) {
            return Support.YES;
        }
        List<String> inForce = HostFiles.REAL.securityModules();
        return Support.no(
                "it attaches and is never called: bpf is not among the security modules in force"
                        + (inForce.isEmpty() ? "" : " (" + String.join(",", inForce) + ")")
                        + ": boot with lsm=…,bpf");
    }

    /** Holds execs of one file that nobody executes. */
    private static Support fanotify() {
        try {
            Path file = Files.createTempFile("torimono-probe", "");
            try {
                Fanotify.tryExecPermission(file);
                return Support.YES;
            } finally {
                Files.delete(file);
            }
        } catch (BpfException | IOException e) {
            return Support.no(String.valueOf(e.getMessage()));
        }
    }
}
