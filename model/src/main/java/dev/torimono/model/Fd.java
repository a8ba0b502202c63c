// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.Arrays;

/**
 * What one file descriptor refers to, mutable: the live sensor refills one instance per event from
 * the object resolved in the kernel; replay keeps one per table entry. Written by its owner thread
 * only.
 */
public final class Fd {
    /** Bit of {@link #facts()}: on an overlay's upper layer. */
    public static final int UPPER_LAYER = 1;

    public static final int LOWER_LAYER = 1 << 1;
    public static final int DELETED = 1 << 2;
    public static final int MEMFD = 1 << 3;

    /** The kernel could not give the whole path (too deep or too long). */
    public static final int PATH_CUT = 1 << 4;

    /** The present event gave it its name: an open, a connect, a datagram from another peer. */
    public static final int NAME_CHANGED = 1 << 5;

    /**
     * Instead of a number: no fd leads to it, as to the file behind memory. Kernels give out none
     * as high.
     */
    public static final long NO_NUMBER = Integer.MAX_VALUE;

    /** Which end of a connection this process is. */
    public enum Role {
        UNKNOWN,
        CLIENT,
        SERVER
    }

    private long number = -1;
    private FdKind kind = FdKind.UNKNOWN;
    private int l4proto;
    private Role role = Role.UNKNOWN;
    private int openFlags;
    private long inode;
    private int device;
    private int facts;
    private boolean connected;
    private byte[] name;
    private int nameLength;
    private Text rawName = Text.EMPTY;
    private final byte[] sourceAddress = new byte[16];
    private final byte[] destinationAddress = new byte[16];
    private int sourcePort;
    private int destinationPort;

    public Fd() {
        this(256);
    }

    /** One whose name has room for that many bytes before it must grow; for tables of many. */
    public Fd(int nameRoom) {
        name = new byte[nameRoom];
    }

    /** Makes this an unknown fd of that number. */
    public Fd clear(long fdNumber) {
        if (kind.isSocket()) {
            Arrays.fill(sourceAddress, (byte) 0);
            Arrays.fill(destinationAddress, (byte) 0);
        }
        number = fdNumber;
        kind = FdKind.UNKNOWN;
        l4proto = 0;
        role = Role.UNKNOWN;
        openFlags = 0;
        inode = 0;
        device = 0;
        facts = 0;
        connected = false;
        nameLength = 0;
        rawName = Text.EMPTY;
        sourcePort = 0;
        destinationPort = 0;
        return this;
    }

    /** Becomes a copy of another, name included. */
    public Fd copyOf(Fd other) {
        clear(other.number);
        kind = other.kind;
        l4proto = other.l4proto;
        role = other.role;
        openFlags = other.openFlags;
        inode = other.inode;
        device = other.device;
        facts = other.facts;
        connected = other.connected;
        name(other.name, 0, other.nameLength);
        rawName = other.rawName;
        System.arraycopy(other.sourceAddress, 0, sourceAddress, 0, 16);
        System.arraycopy(other.destinationAddress, 0, destinationAddress, 0, 16);
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        return this;
    }

    public long number() {
        return number;
    }

    public Fd number(long value) {
        number = value;
        return this;
    }

    public FdKind kind() {
        return kind;
    }

    public Fd kind(FdKind value) {
        kind = value;
        return this;
    }

    /** 0 unknown, 1 not applicable, 2 tcp, 3 udp, 4 icmp, 5 raw. */
    public int l4proto() {
        return l4proto;
    }

    public Fd l4proto(int value) {
        l4proto = value;
        return this;
    }

    public Role role() {
        return role;
    }

    public Fd role(Role value) {
        role = value;
        return this;
    }

    /** Portable open flags. */
    public int openFlags() {
        return openFlags;
    }

    public Fd openFlags(int value) {
        openFlags = value;
        return this;
    }

    public long inode() {
        return inode;
    }

    /** Kernel-encoded: major &lt;&lt; 20 | minor. */
    public int device() {
        return device;
    }

    public Fd inode(long value, int onDevice) {
        inode = value;
        device = onDevice;
        return this;
    }

    public int facts() {
        return facts;
    }

    public Fd facts(int value) {
        facts = value;
        return this;
    }

    /** Whether a connect on it succeeded or it came from accept. */
    public boolean connected() {
        return connected;
    }

    public Fd connected(boolean value) {
        connected = value;
        return this;
    }

    /** The resolved path or socket name; first {@link #nameLength()} bytes. Read only. */
    public byte[] name() {
        return name;
    }

    public int nameLength() {
        return nameLength;
    }

    /** Copies the name in. */
    public Fd name(byte[] bytes, int offset, int length) {
        room(length);
        System.arraycopy(bytes, offset, name, 0, length);
        nameLength = length;
        return this;
    }

    /** Copies the NUL-terminated text that starts at a byte of an event's parameter. */
    public Fd name(Event event, int param, int from) {
        int length = event.textLength(param, from);
        room(length);
        nameLength = event.copy(param, from, name, 0, length);
        return this;
    }

    /** The path as the process gave it, where that differs. */
    public Text rawName() {
        return rawName;
    }

    public Fd rawName(Text value) {
        rawName = value;
        return this;
    }

    /** The client's end; 4 or 16 bytes count, by kind. Read only. */
    public byte[] sourceAddress() {
        return sourceAddress;
    }

    public int sourcePort() {
        return sourcePort;
    }

    /** The server's end; 4 or 16 bytes count, by kind. Read only. */
    public byte[] destinationAddress() {
        return destinationAddress;
    }

    public int destinationPort() {
        return destinationPort;
    }

    /**
     * Reads a SOCKTUPLE's two internet ends, family byte at {@code from}; false for other families.
     */
    public boolean tuple(Event event, int param, int from) {
        int length = event.length(param) - from;
        int family = length > 0 ? event.byteAt(param, from) : 0;
        int width = family == 2 && length >= 13 ? 4 : family == 10 && length >= 37 ? 16 : 0;
        if (width == 0) {
            return false;
        }
        event.copy(param, from + 1, sourceAddress, 0, width);
        sourcePort = event.u16At(param, from + 1 + width);
        event.copy(param, from + 3 + width, destinationAddress, 0, width);
        destinationPort = event.u16At(param, from + 3 + 2 * width);
        return true;
    }

    /** Sets both ends; addresses of 4 or 16 bytes. */
    public Fd tuple(byte[] source, int sPort, byte[] destination, int dPort) {
        Arrays.fill(sourceAddress, (byte) 0);
        Arrays.fill(destinationAddress, (byte) 0);
        System.arraycopy(source, 0, sourceAddress, 0, source.length);
        System.arraycopy(destination, 0, destinationAddress, 0, destination.length);
        sourcePort = sPort;
        destinationPort = dPort;
        return this;
    }

    private void room(int length) {
        if (name.length < length) {
            name = new byte[Math.max(length, name.length * 2)];
        }
    }
}
