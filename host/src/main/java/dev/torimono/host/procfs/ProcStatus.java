// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.model.Credentials;

/** The part of /proc/PID/status that the table needs; what is missing keeps its default. */
final class ProcStatus {
    private long tgid;
    private long realUid = Credentials.UNSET;
    private long uid = Credentials.UNSET;
    private long gid = Credentials.UNSET;
    private long innerTid = -1;
    private long innerPid = -1;
    private long innerGroup = -1;
    private long innerSession = -1;
    private long inheritable;
    private long permitted;
    private long effective;
    private long vmSizeKb;
    private long vmRssKb;
    private long vmSwapKb;

    static ProcStatus parse(String text) {
        ProcStatus status = new ProcStatus();
        for (String line : text.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                status.line(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    private void line(String key, String value) {
        switch (key) {
            case "Tgid" -> tgid = Numbers.of(value, 0);
            case "Uid" -> {
                realUid = Numbers.of(value.split("\\s+")[0], Credentials.UNSET);
                uid = effective(value);
            }
            case "Gid" -> gid = effective(value);
            case "NSpid" -> innerTid = innermost(value);
            case "NStgid" -> innerPid = innermost(value);
            case "NSpgid" -> innerGroup = innermost(value);
            case "NSsid" -> innerSession = innermost(value);
            case "CapInh" -> inheritable = Numbers.ofHex(value);
            case "CapPrm" -> permitted = Numbers.ofHex(value);
            case "CapEff" -> effective = Numbers.ofHex(value);
            case "VmSize" -> vmSizeKb = kilobytes(value);
            case "VmRSS" -> vmRssKb = kilobytes(value);
            case "VmSwap" -> vmSwapKb = kilobytes(value);
            default -> {
                // The file has some sixty more lines.
            }
        }
    }

    long tgid() {
        return tgid;
    }

    long realUid() {
        return realUid;
    }

    long innerTid() {
        return innerTid;
    }

    long innerPid() {
        return innerPid;
    }

    long innerGroup() {
        return innerGroup;
    }

    long innerSession() {
        return innerSession;
    }

    long vmSizeKb() {
        return vmSizeKb;
    }

    long vmRssKb() {
        return vmRssKb;
    }

    long vmSwapKb() {
        return vmSwapKb;
    }

    Credentials credentials(long loginUid) {
        return new Credentials(uid, gid, loginUid, inheritable, permitted, effective);
    }

    /** Real, effective, saved, filesystem: the second. */
    private static long effective(String value) {
        String[] words = value.split("\\s+");
        return words.length > 1 ? Numbers.of(words[1], Credentials.UNSET) : Credentials.UNSET;
    }

    /** One id per pid namespace, outermost first. */
    private static long innermost(String value) {
        String[] words = value.split("\\s+");
        return Numbers.of(words[words.length - 1], -1);
    }

    private static long kilobytes(String value) {
        int space = value.indexOf(' ');
        return Numbers.of(space < 0 ? value : value.substring(0, space), 0);
    }
}
