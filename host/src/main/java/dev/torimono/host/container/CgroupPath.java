// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the container in a cgroup path. Runtimes name the cgroup after the container's id, with a
 * prefix and {@code .scope} under the systemd driver; the path is walked from its end, so that a
 * nested container wins over the one it runs in, and cgroups that a container makes inside its own
 * are passed over.
 *
 * <pre>
 * docker           /docker/ID                  /system.slice/docker-ID.scope
 * containerd CRI   /kubepods/burstable/podU/ID /kubepods.slice/…-podU.slice/cri-containerd-ID.scope
 * cri-o            /kubepods/…/podU/crio-ID    /kubepods.slice/…-podU.slice/crio-ID.scope
 * podman           /libpod_parent/libpod-ID    /machine.slice/libpod-ID.scope/container
 * ctr              /default/NAME
 * nerdctl          /default/ID                 /system.slice/nerdctl-ID.scope
 * lxc              /lxc.payload.NAME  /lxc/NAME
 * ECS on Fargate   /ecs/TASK/ID               made up by us: /torimono/ID
 * nspawn           /machine.slice/machine-NAME.scope/payload
 * </pre>
 */
public final class CgroupPath {
    private static final int ID_LENGTH = 64;
    private static final byte[] SCOPE = ascii(".scope");
    private static final byte[] SERVICE = ascii(".service");
    private static final byte[] SLICE = ascii(".slice");
    private static final byte[] POD = ascii("pod");
    private static final byte[] KUBEPODS = ascii("kubepods");
    private static final byte[] CONMON = ascii("conmon-");
    private static final byte[] LXC_PAYLOAD = ascii("lxc.payload");
    private static final byte[] LXC = ascii("lxc");
    private static final byte[] DEFAULT = ascii("default");
    private static final byte[] MACHINE = ascii("machine-");
    private static final byte[] MACHINE_SLICE = ascii("machine.slice");
    private static final byte[] QEMU = ascii("qemu");
    private static final byte[] NSPAWN = ascii("systemd-nspawn@");
    private static final byte[] ECS = ascii("ecs");
    private static final byte[] TORIMONO = ascii("torimono");
    private static final byte[] SUPERVISOR = ascii("supervisor");

    private static final byte[][] PREFIXES = {
        ascii("docker-"),
        ascii("cri-containerd-"),
        ascii("crio-"),
        ascii("libpod-"),
        ascii("nerdctl-")
    };
    private static final String[] PREFIX_RUNTIMES = {
        "docker", "containerd", "cri-o", "podman", "containerd"
    };

    private CgroupPath() {}

    /** The container of a path; null on the host itself. */
    public static @Nullable Placement parse(Text path) {
        byte[] bytes = path.array();
        int end = bytes.length;
        while (end > 0) {
            int start = componentStart(bytes, end);
            Placement found = component(bytes, start, end);
            if (found != null) {
                return found;
            }
            end = start - 1;
        }
        return named(bytes);
    }

    /** A component that carries a 64-digit id. */
    private static @Nullable Placement component(byte[] bytes, int start, int end) {
        int stop = endsWith(bytes, start, end, SCOPE) ? end - SCOPE.length : end;
        int from = start;
        String runtime = "";
        for (int i = 0; i < PREFIXES.length; i++) {
            if (startsWith(bytes, start, stop, PREFIXES[i])) {
                runtime = PREFIX_RUNTIMES[i];
                from = start + PREFIXES[i].length;
                break;
            }
        }
        // The monitor beside a container runs on the host.
        if (startsWith(bytes, from, stop, CONMON) || !hexId(bytes, from, stop)) {
            return null;
        }
        if (runtime.isEmpty()) {
            boolean containerd = contains(bytes, start, KUBEPODS) || below(bytes, start, DEFAULT);
            runtime = containerd ? "containerd" : "docker";
        }
        return new Placement(runtime, text(bytes, from, stop), podUid(bytes, start));
    }

    /** Runtimes that name containers freely: recognised by the fixed part of the path only. */
    private static @Nullable Placement named(byte[] bytes) {
        int first = bytes.length > 0 && bytes[0] == '/' ? 1 : 0;
        int firstEnd = componentEnd(bytes, first);
        int second = Math.min(firstEnd + 1, bytes.length);
        int secondEnd = componentEnd(bytes, second);
        boolean hasSecond = secondEnd > second;
        Placement payload = lxcPayload(bytes, first);
        if (payload != null) {
            return payload;
        }
        if (hasSecond && equal(bytes, first, firstEnd, TORIMONO)) {
            return new Placement("ecs", text(bytes, second, secondEnd), "");
        }
        int third = Math.min(secondEnd + 1, bytes.length);
        int thirdEnd = componentEnd(bytes, third);
        if (thirdEnd > third && equal(bytes, first, firstEnd, ECS)) {
            return new Placement("ecs", text(bytes, third, thirdEnd), "");
        }
        if (hasSecond && equal(bytes, first, firstEnd, LXC)) {
            return new Placement("lxc", text(bytes, second, secondEnd), "");
        }
        if (hasSecond && secondEnd == bytes.length && equal(bytes, first, firstEnd, DEFAULT)) {
            return new Placement("containerd", text(bytes, second, secondEnd), "");
        }
        if (hasSecond && equal(bytes, first, firstEnd, MACHINE_SLICE)) {
            return machine(bytes, second, secondEnd);
        }
        return null;
    }

    /** Anywhere in the path: unprivileged ones run below the user's slice. */
    private static @Nullable Placement lxcPayload(byte[] bytes, int first) {
        for (int start = first; start < bytes.length; start = componentEnd(bytes, start) + 1) {
            int end = componentEnd(bytes, start);
            int dot = start + LXC_PAYLOAD.length;
            if (!startsWith(bytes, start, end, LXC_PAYLOAD)) {
                continue;
            }
            if (dot < end && bytes[dot] == '.') {
                return new Placement("lxc", text(bytes, dot + 1, end), "");
            }
            int inner = Math.min(end + 1, bytes.length);
            int innerEnd = componentEnd(bytes, inner);
            if (dot == end && innerEnd > inner) {
                return new Placement("lxc", text(bytes, inner, innerEnd), "");
            }
        }
        return null;
    }

    /** A systemd-nspawn machine; virtual machines share the slice but are no containers. */
    private static @Nullable Placement machine(byte[] bytes, int start, int end) {
        int inner = Math.min(end + 1, bytes.length);
        if (equal(bytes, inner, componentEnd(bytes, inner), SUPERVISOR)) {
            return null;
        }
        if (startsWith(bytes, start, end, MACHINE) && endsWith(bytes, start, end, SCOPE)) {
            int from = start + MACHINE.length;
            boolean virtual = startsWith(bytes, from, end, QEMU);
            return virtual ? null : nspawn(bytes, from, end - SCOPE.length);
        }
        if (startsWith(bytes, start, end, NSPAWN) && endsWith(bytes, start, end, SERVICE)) {
            return nspawn(bytes, start + NSPAWN.length, end - SERVICE.length);
        }
        return null;
    }

    private static Placement nspawn(byte[] bytes, int from, int end) {
        // systemd escapes a dash in a unit's name.
        return new Placement("systemd-nspawn", text(bytes, from, end).replace("\\x2d", "-"), "");
    }

    /** The uid of the pod whose cgroup encloses the component at {@code limit}. */
    private static String podUid(byte[] bytes, int limit) {
        int end = limit - 1;
        while (end > 0) {
            int start = componentStart(bytes, end);
            int stop = endsWith(bytes, start, end, SLICE) ? end - SLICE.length : end;
            for (int at = stop - POD.length; at >= start; at--) {
                boolean named = startsWith(bytes, at, stop, POD);
                boolean whole = at == start || bytes[at - 1] == '-';
                if (named && whole && uid(bytes, at + POD.length, stop)) {
                    return text(bytes, at + POD.length, stop).replace('_', '-');
                }
            }
            end = start - 1;
        }
        return "";
    }

    /** A uuid with dashes or underscores, or the 32 digits of a static pod. */
    private static boolean uid(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length != 36 && length != 32) {
            return false;
        }
        for (int i = from; i < end; i++) {
            boolean dash = length == 36 && (bytes[i] == '-' || bytes[i] == '_');
            if (!dash && !hex(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean hexId(byte[] bytes, int from, int end) {
        if (end - from != ID_LENGTH) {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (!hex(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean hex(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f');
    }

    private static int componentStart(byte[] bytes, int end) {
        int start = end;
        while (start > 0 && bytes[start - 1] != '/') {
            start--;
        }
        return start;
    }

    private static int componentEnd(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '/') {
            end++;
        }
        return end;
    }

    private static boolean startsWith(byte[] bytes, int from, int end, byte[] what) {
        return end - from >= what.length && matches(bytes, from, what);
    }

    private static boolean endsWith(byte[] bytes, int from, int end, byte[] what) {
        return end - from >= what.length && matches(bytes, end - what.length, what);
    }

    private static boolean equal(byte[] bytes, int from, int end, byte[] what) {
        return end - from == what.length && matches(bytes, from, what);
    }

    private static boolean contains(byte[] bytes, int limit, byte[] what) {
        for (int at = 0; at + what.length <= limit; at++) {
            if (matches(bytes, at, what)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the component at that place is a child of a first one of that name. */
    private static boolean below(byte[] bytes, int start, byte[] first) {
        return start == first.length + 2 && matches(bytes, 1, first);
    }

    private static boolean matches(byte[] bytes, int at, byte[] what) {
        for (int i = 0; i < what.length; i++) {
            if (bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
