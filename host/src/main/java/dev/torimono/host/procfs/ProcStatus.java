// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import dev.torimono.model.Credentials;
import java.nio.charset.StandardCharsets;

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

    /** Takes apart the lines that are looked for; the other fifty are passed over. */
    static ProcStatus parse(byte[] file, int length) {
        ProcStatus status = new ProcStatus();
        int at = 0;
        while (at < length) {
            int end = at;
            while (end < length && file[end] != '\n') {
                end++;
            }
            if (isOurs(file[at])) {
                String line = new String(file, at, end - at, StandardCharsets.ISO_8859_1);
                int colon = line.indexOf(':');
                if (colon > 0) {
                    status.line(line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
            at = end + 1;
        }
        return status;
    }

    /** By the first letter of a line. */
    private static boolean isOurs(byte first) {
        return switch (first) {
            case 'T', 'U', 'G', 'N', 'C', 'V' -> true;
            default -> false;
        };
    }

    private void line(String key, String value) {
        switch (key) {
            case "Tgid" -> tgid = Numbers.of(value, 0);
            case "Uid" -> {
                realUid = Numbers.of(value.split("\t")[0], Credentials.UNSET);
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
        String[] words = value.split("\t");
        return words.length > 1 ? Numbers.of(words[1], Credentials.UNSET) : Credentials.UNSET;
    }

    /** One id per pid namespace, outermost first. */
    private static long innermost(String value) {
        String[] words = value.split("\t");
        return Numbers.of(words[words.length - 1], -1);
    }

    private static long kilobytes(String value) {
        int space = value.indexOf(' ');
        return Numbers.of(space < 0 ? value : value.substring(0, space), 0);
    }
}
