// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.StatLine;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;

/** Who a thread is, as its two small files in /proc tell. One thread; what was read is reused. */
final class CallerReader {
    private static final byte[] TGID = StatusFile.key("Tgid");
    private static final byte[] PARENT = StatusFile.key("PPid");
    private static final byte[] UID = StatusFile.key("Uid");
    private static final byte[] GID = StatusFile.key("Gid");
    private static final byte[] INNER_GROUP = StatusFile.key("NSpgid");
    private static final byte[] INHERITABLE = StatusFile.key("CapInh");
    private static final byte[] PERMITTED = StatusFile.key("CapPrm");
    private static final byte[] EFFECTIVE = StatusFile.key("CapEff");

    private final SmallFiles files;
    private final byte[] bytes = new byte[SmallFiles.CAPACITY];
    private final StatLine stat = new StatLine();
    private final StatusFile status = new StatusFile();
    private long statOf;

    CallerReader(SmallFiles files) {
        this.files = files;
    }

    /** Reads the line of a thread; false when it is gone. */
    boolean readStat(long tid) {
        int length = files.read("/proc/" + tid + "/stat", bytes);
        boolean whole = length > 0 && stat.read(bytes, length);
        statOf = whole ? tid : 0;
        return whole;
    }

    /** The line that was read last. */
    StatLine stat() {
        return stat;
    }

    /** Who a thread is; zeros for what cannot be read. Its line is not read if it was read last. */
    CallerFacts facts(long tid) {
        int length = files.read("/proc/" + tid + "/status", bytes);
        status.read(bytes, Math.max(length, 0));
        long told = status.find(TGID) ? status.number() : 0;
        long pid = told == 0 ? tid : told;
        long parent = status.find(PARENT) ? status.number() : 0;
        long uid = status.find(UID) ? status.number() : 0;
        long effectiveUid = status.number();
        status.find(GID);
        status.number();
        long effectiveGid = status.number();
        long innerGroup = status.find(INNER_GROUP) ? status.last() : 0;
        long inheritable = status.find(INHERITABLE) ? status.hex() : 0;
        long permitted = status.find(PERMITTED) ? status.hex() : 0;
        long effective = status.find(EFFECTIVE) ? status.hex() : 0;
        boolean has = statOf == pid || readStat(pid);
        return new CallerFacts(
                pid,
                parent,
                innerGroup,
                has ? stat.group() : 0,
                has ? stat.terminal() : 0,
                has ? stat.startNs() : 0,
                uid,
                effectiveUid,
                effectiveGid,
                inheritable,
                permitted,
                effective);
    }
}
