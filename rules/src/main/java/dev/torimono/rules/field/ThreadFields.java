// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Thread ids, capabilities, control groups, memory and limits. */
final class ThreadFields {
    private static final Text[] CAPABILITIES = capabilities();

    private ThreadFields() {}

    static @Nullable Reader of(String name, FieldUse use) {
        return switch (name) {
            case "thread.tid" -> (o, v) -> v.number(o.event().tid());
            case "thread.ismain" -> ProcessFields.task((t, v) -> v.bool(t.isLeader()));
            case "thread.vtid" -> ProcessFields.task((t, v) -> t.vtid() > 0 && v.number(t.vtid()));
            case "thread.exectime" -> (o, v) -> v.number(0);
            case "thread.totexectime" -> ProcessFields.task((t, v) -> v.number(0));
            case "thread.cap_permitted" ->
                    ProcessFields.task((t, v) -> caps(t.credentials().capPermitted(), v));
            case "thread.cap_inheritable" ->
                    ProcessFields.task((t, v) -> caps(t.credentials().capInheritable(), v));
            case "thread.cap_effective" ->
                    ProcessFields.task((t, v) -> caps(t.credentials().capEffective(), v));
            case "thread.cgroups" -> ProcessFields.task(ThreadFields::cgroups);
            case "thread.cgroup" -> cgroup(use.argument());
            case "proc.nthreads" -> ProcessFields.task((t, v) -> v.number(t.leader().threads()));
            case "proc.nchilds" -> ProcessFields.task((t, v) -> v.number(otherThreads(t.leader())));
            case "proc.fdopencount" -> (o, v) -> o.task() != null && v.number(openFds(o));
            case "proc.fdlimit" -> ofProcess(Task.Usage::fdLimit);
            case "proc.fdusage" -> ThreadFields::fdUsage;
            case "proc.vmsize" -> ofProcess(Task.Usage::vmSizeKb);
            case "thread.vmsize" -> usage(Task.Usage::vmSizeKb);
            case "proc.vmrss" -> ofProcess(Task.Usage::vmRssKb);
            case "thread.vmrss" -> usage(Task.Usage::vmRssKb);
            case "proc.vmswap" -> ofProcess(Task.Usage::vmSwapKb);
            case "thread.pfmajor" -> usage(Task.Usage::majorFaults);
            case "thread.pfminor" -> usage(Task.Usage::minorFaults);
            default -> null;
        };
    }

    private static int otherThreads(Task leader) {
        int others = leader.isAlive() ? leader.threads() - 1 : leader.threads();
        return Math.max(others, 0);
    }

    private static Reader ofProcess(ToLongFunction<Task.Usage> part) {
        return ProcessFields.task(
                (t, v) -> {
                    Task.Usage usage = t.leader().usage();
                    return usage != null && v.number(part.applyAsLong(usage));
                });
    }

    private static Reader usage(ToLongFunction<Task.Usage> part) {
        return ProcessFields.task(
                (t, v) -> {
                    Task.Usage usage = t.usage();
                    return usage != null && v.number(part.applyAsLong(usage));
                });
    }

    private static long openFds(Observation o) {
        Task task = o.task();
        return task == null ? 0 : o.fds().openCount(task.leader());
    }

    private static boolean fdUsage(Observation o, Value value) {
        Task task = o.task();
        Task.Usage usage = task == null ? null : task.leader().usage();
        if (usage == null) {
            return false;
        }
        double share = usage.fdLimit() <= 0 ? 0 : openFds(o) * 100.0 / usage.fdLimit();
        return value.number(Double.doubleToRawLongBits(share));
    }

    private static boolean caps(long bits, Value value) {
        value.begin();
        for (int i = 0; i < CAPABILITIES.length; i++) {
            if ((bits >>> i & 1) != 0) {
                if (value.written() > 0) {
                    value.append(' ');
                }
                value.append(CAPABILITIES[i]);
            }
        }
        return value.end();
    }

    private static boolean cgroups(Task task, Value value) {
        Text cgroup = task.cgroup();
        if (cgroup.isEmpty()) {
            return false;
        }
        value.begin();
        int end = cgroup.at(cgroup.length() - 1) == 0 ? cgroup.length() - 1 : cgroup.length();
        for (int i = 0; i < end; i++) {
            byte b = cgroup.at(i);
            value.append(b == 0 ? (byte) ' ' : b);
        }
        return value.end();
    }

    /** One control group; a bare path, as the unified hierarchy has it, stands for every one. */
    private static Reader cgroup(@Nullable String subsystem) {
        byte[] prefix = Text.of(subsystem + "=").array();
        return ProcessFields.task(
                (t, v) -> {
                    byte[] bytes = t.cgroup().array();
                    if (bytes.length > 0 && bytes[0] == '/') {
                        return v.text(t.cgroup());
                    }
                    int start = 0;
                    for (int i = 0; i <= bytes.length; i++) {
                        if (i == bytes.length || bytes[i] == 0) {
                            if (startsWith(bytes, start, i, prefix)) {
                                int from = start + prefix.length;
                                return v.text(bytes, from, i - from);
                            }
                            start = i + 1;
                        }
                    }
                    return false;
                });
    }

    private static boolean startsWith(byte[] bytes, int from, int end, byte[] prefix) {
        return end - from >= prefix.length
                && java.util.Arrays.equals(
                        bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static Text[] capabilities() {
        String[] names =
                ("CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP"
                                + " LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN"
                                + " NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT"
                                + " SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE"
                                + " SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL"
                                + " SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND"
                                + " AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE")
                        .split(" ");
        Text[] texts = new Text[names.length];
        for (int i = 0; i < names.length; i++) {
            texts[i] = Text.of("CAP_" + names[i]);
        }
        return texts;
    }
}
