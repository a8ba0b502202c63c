// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Fd;
import dev.torimono.model.Group;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the metadata blocks of one section into a {@link Snapshot}. */
final class Metadata {
    /** Metadata of one section in all; a machine with 100,000 threads needs about a third. */
    static final long MAX_BYTES = 256L << 20;

    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 1024;
    private static final int HOSTNAME_BYTES = 128;

    private Snapshot.Machine machine = Snapshot.Machine.UNKNOWN;
    private final List<Task> tasks = new ArrayList<>();
    private final Map<Long, List<Fd>> fds = new HashMap<>();
    private final List<User> users = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Snapshot.NetworkInterface> interfaces = new ArrayList<>();
    private long bytes;

    /** Takes one block in; event and section blocks are not for it. */
    void read(BlockType type, Cursor in) {
        bytes += in.remaining();
        if (bytes > MAX_BYTES) {
            throw in.fault("more than " + (MAX_BYTES >> 20) + " MiB of metadata");
        }
        switch (type) {
            case MACHINE -> machine = machine(in);
            case TASKS_V1,
                    TASKS_V2,
                    TASKS_V3,
                    TASKS_V4,
                    TASKS_V5,
                    TASKS_V6,
                    TASKS_V7,
                    TASKS_V8,
                    TASKS_V9 ->
                    TaskList.read(in, type.version(), tasks::add);
            case FDS_V1, FDS_V2 -> {
                FdList list = FdList.read(in, type.version());
                fds.computeIfAbsent(list.tid(), _ -> new ArrayList<>()).addAll(list.fds());
            }
            case INTERFACES_V1, INTERFACES_V2 -> interfaces(in, type.version());
            case USERS_V1, USERS_V2 -> accounts(in, type.version());
            case SECTION,
                    EVENT_V1,
                    EVENT_V1_FLAGS,
                    EVENT_V2,
                    EVENT_V2_FLAGS,
                    EVENT_V2_LARGE,
                    EVENT_V2_LARGE_FLAGS ->
                    throw new IllegalArgumentException(type + " is no metadata");
        }
    }

    Snapshot snapshot() {
        return new Snapshot(machine, tasks, fds, users, groups, interfaces);
    }

    private static Snapshot.Machine machine(Cursor in) {
        int cpus = in.i32();
        long memory = in.u64();
        in.u64(); // highest pid: nobody asks
        byte[] name = in.bytes(HOSTNAME_BYTES);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new Snapshot.Machine(cpus, memory, Text.of(name, 0, length), in.u64());
    }

    private void interfaces(Cursor in, int version) {
        while (in.remaining() >= 4) {
            long length = version >= 2 ? in.u32() : 0;
            long end = in.position() + length;
            int kind = in.u16();
            int nameLength = in.u16();
            int width = kind == 1 || kind == 3 ? 4 : kind == 2 || kind == 4 ? 16 : 0;
            if (width == 0 && version < 2) {
                throw in.fault("interface of unknown kind " + kind);
            }
            if (width > 0) {
                Text address = Text.wrap(in.bytes(width));
                Text netmask = Text.wrap(in.bytes(width));
                in.bytes(width); // broadcast address
                if (kind <= 2) {
                    in.u64(); // link speed
                }
                Text name = Text.wrap(in.bytes(nameLength));
                interfaces.add(new Snapshot.NetworkInterface(name, address, netmask));
            }
            if (version >= 2) {
                in.moveTo(end);
            }
        }
    }

    private void accounts(Cursor in, int version) {
        while (in.remaining() >= 4) {
            int start = in.position();
            long length = version >= 2 ? in.u32() : 0;
            if (in.u8() == 0) {
                long uid = in.u32();
                long gid = in.u32();
                Text name = in.text(MAX_NAME);
                users.add(new User(uid, gid, name, in.text(MAX_PATH), in.text(MAX_PATH)));
            } else {
                long gid = in.u32();
                groups.add(new Group(gid, in.text(MAX_NAME)));
            }
            if (version >= 2) {
                in.moveTo(start + length);
            }
        }
    }
}
