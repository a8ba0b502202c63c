// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread that is held in exec asks of the kernel: {@code /proc/TID/syscall} has the number
 * and the pointers of the call, {@code /proc/TID/mem} what they point to. All of it is the caller's
 * own memory: it may lie, and another of its threads may change it meanwhile. One thread.
 */
final class Caller {
    private static final int EXECVE = 59;
    private static final int EXECVEAT = 322;
    private static final int IA32_EXECVE = 11;
    private static final int IA32_EXECVEAT = 358;

    /** On arm64 the generic numbers. */
    private static final int ARM_EXECVE = 221;

    private static final int ARM_EXECVEAT = 281;
    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    private static final int MOST_LOOKS = 50;
    private static final long LOOK_AGAIN_NS = 20_000;
    private static final int MOST_ARGUMENTS = 512;
    private static final int STRING_WINDOW = 4096;
    private static final int MOST_ARGUMENT_BYTES = 16_384;

    private final SmallFiles files;
    private final String proc;
    private long tid;
    private boolean read;
    private boolean known;
    private boolean at;
    private int pointerBytes;
    private long filenameAt;
    private long argvAt;
    private Text filename = Text.EMPTY;
    private List<Text> arguments = List.of();

    /** What lies in the window, of the caller's memory. */
    private final byte[] window = new byte[STRING_WINDOW];

    private long windowAt;
    private int windowLength;

    Caller(SmallFiles files, String proc) {
        this.files = files;
        this.proc = proc;
    }

    /** Speaks of another call from now on. */
    void set(long thread) {
        tid = thread;
        read = false;
    }

    /** The path as given; empty for execveat of an fd itself, or when it cannot be read. */
    Text filename() {
        look();
        return filename;
    }

    /** The arguments as given; empty when they cannot be read. */
    List<Text> arguments() {
        look();
        return arguments;
    }

    /** Whether it came by execveat. */
    boolean at() {
        look();
        return at;
    }

    private void look() {
        if (read) {
            return;
        }
        read = true;
        known = false;
        filename = Text.EMPTY;
        arguments = List.of();
        known = parse(call());
        if (!known) {
            return;
        }
        int memory = files.open(proc + tid + "/mem", SmallFiles.O_RDONLY);
        if (memory < 0) {
            return;
        }
        try {
            windowLength = 0;
            filename = string(memory, filenameAt);
            arguments = strings(memory);
        } finally {
            files.close(memory);
        }
    }

    /** Whether the call was asked for and could not be read. */
    boolean blind() {
        return read && !known;
    }

    /** It may not have come to rest yet: the event is queued a moment before the caller sleeps. */
    private String call() {
        String line = files.text(proc + tid + "/syscall");
        for (int i = 0; i < MOST_LOOKS && line.startsWith("running"); i++) {
            LockSupport.parkNanos(LOOK_AGAIN_NS);
            line = files.text(proc + tid + "/syscall");
        }
        return line;
    }

    /** {@code 59 0x7f… 0x7f… … sp pc}. */
    private boolean parse(String line) {
        String[] words = line.trim().split(" ");
        if (words.length < 8) {
            return false;
        }
        int number;
        try {
            number = Integer.parseInt(words[0]);
            pointerBytes = number == IA32_EXECVE || number == IA32_EXECVEAT ? 4 : 8;
            at = ARM ? number == ARM_EXECVEAT : number == EXECVEAT || number == IA32_EXECVEAT;
            boolean exec = ARM ? number == ARM_EXECVE : number == EXECVE || number == IA32_EXECVE;
            if (!exec && !at) {
                return false;
            }
            filenameAt = hex(words[at ? 2 : 1]);
            argvAt = hex(words[at ? 3 : 2]);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long hex(String word) {
        return Long.parseUnsignedLong(word.substring(2), 16);
    }

    private List<Text> strings(int memory) {
        int got = files.read(memory, argvAt, MOST_ARGUMENTS * pointerBytes);
        long[] pointers = new long[got / pointerBytes];
        int count = 0;
        for (; count < pointers.length; count++) {
            pointers[count] =
                    pointerBytes == 8
                            ? files.bytes().get(JAVA_LONG_UNALIGNED, count * 8L)
                            : Integer.toUnsignedLong(
                                    files.bytes().get(JAVA_INT_UNALIGNED, count * 4L));
            if (pointers[count] == 0) {
                break;
            }
        }
        List<Text> texts = new ArrayList<>(count);
        int total = 0;
        for (int i = 0; i < count && total < MOST_ARGUMENT_BYTES; i++) {
            Text text = string(memory, pointers[i]);
            total += text.length() + 1;
            texts.add(text);
        }
        return texts;
    }

    /** Arguments mostly lie side by side: one read serves several. */
    private Text string(int memory, long address) {
        if (address == 0) {
            return Text.EMPTY;
        }
        int from = within(address);
        int end = from < 0 ? -1 : endOf(from);
        if (end < 0) {
            windowAt = address;
            windowLength = files.read(memory, address, STRING_WINDOW);
            for (int i = 0; i < windowLength; i++) {
                window[i] = files.bytes().get(JAVA_BYTE, i);
            }
            from = 0;
            end = endOf(0);
        }
        return Text.of(window, from, (end < 0 ? windowLength : end) - from);
    }

    private int within(long address) {
        long offset = address - windowAt;
        return windowLength > 0 && offset >= 0 && offset < windowLength ? (int) offset : -1;
    }

    private int endOf(int from) {
        for (int i = from; i < windowLength; i++) {
            if (window[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
