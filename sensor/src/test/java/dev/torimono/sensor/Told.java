// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.FdKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.LongPredicate;

/**
 * Asserts what an event told, parameter by parameter; {@link #andNothingElse} finds forgotten ones.
 */
final class Told {
    private final Event event;
    private final Scene scene;
    private final BitSet asserted = new BitSet();

    Told(Event event, Scene scene) {
        this.event = event;
        this.scene = scene;
    }

    Event event() {
        return event;
    }

    Told number(String param, long expected) {
        return number(param, value -> value == expected, Long.toString(expected));
    }

    Told number(String param, LongPredicate expected, String description) {
        int index = index(param);
        assertThat(event.length(index))
                .as(event.type() + "." + param + " has its width")
                .isEqualTo(event.type().param(index).type().width());
        long value = event.number(index);
        assertThat(expected.test(value))
                .as(event.type() + "." + param + " = " + value + ", expected " + description)
                .isTrue();
        return this;
    }

    Told text(String param, String expected) {
        int index = index(param);
        assertThat(event.text(index).toString()).as(event.type() + "." + param).isEqualTo(expected);
        assertThat(event.length(index))
                .as(event.type() + "." + param + " ends with its NUL")
                .isEqualTo(expected.getBytes(StandardCharsets.UTF_8).length + 1);
        return this;
    }

    Told absent(String param) {
        assertThat(event.length(index(param))).as(event.type() + "." + param).isZero();
        return this;
    }

    Told bytes(String param, byte[] expected) {
        assertThat(event.bytes(index(param))).as(event.type() + "." + param).isEqualTo(expected);
        return this;
    }

    /** NUL-separated texts. */
    Told texts(String param, String... expected) {
        String joined = String.join("\0", expected) + "\0";
        return bytes(param, joined.getBytes(StandardCharsets.UTF_8));
    }

    /** The actor itself did it. */
    Told byActor() throws IOException {
        assertThat(event.tid()).isEqualTo(scene.pid());
        return context(scene.pid());
    }

    Told context(long tgid) throws IOException {
        int context = extension(Extension.CONTEXT);
        assertThat(event.length(context)).isEqualTo(Extension.CONTEXT_BYTES);
        assertThat(event.u32At(context, 0)).as("tgid").isEqualTo((int) tgid);
        assertThat(event.u32At(context, 4)).as("context flags").isZero();
        assertThat(event.u64At(context, 8)).as("start").isPositive();
        assertThat(event.u64At(context, 16)).as("cgroup").isPositive();
        assertThat(event.u32At(context, 28)).as("uid").isZero();
        return this;
    }

    /** In the mount namespace of the test itself. */
    Told here() throws IOException {
        int context = extension(Extension.CONTEXT);
        assertThat(Integer.toUnsignedLong(event.u32At(context, 24)))
                .as("mount namespace")
                .isEqualTo(namespace("mnt"));
        return this;
    }

    /** Number of one of this process's namespaces. */
    static long namespace(String kind) throws IOException {
        String link = Files.readSymbolicLink(Path.of("/proc/self/ns", kind)).toString();
        return Long.parseLong(link.substring(link.indexOf('[') + 1, link.length() - 1));
    }

    /** An open file or the like. */
    Told object(FdKind kind, String name, int openFlags, int facts) {
        int object = extension(Extension.OBJECT);
        header(object, 0, kind, 0, 0);
        assertThat(event.u32At(object, 4)).as("open flags").isEqualTo(openFlags);
        assertThat(event.u64At(object, 8)).as("inode").isPositive();
        assertThat(event.u32At(object, 20)).as("facts").isEqualTo(facts);
        assertThat(event.text(object, Extension.OBJECT_HEADER_BYTES).toString())
                .as("name of the object")
                .isEqualTo(name);
        return this;
    }

    /** An object whose name is its kernel's affair. */
    Told objectOfKind(FdKind kind) {
        int object = extension(Extension.OBJECT);
        assertThat(event.length(object)).isGreaterThanOrEqualTo(Extension.OBJECT_HEADER_BYTES);
        assertThat(FdKind.of(event.byteAt(object, 0))).as("kind").isEqualTo(kind);
        return this;
    }

    /** A path that led to no fd. */
    Told path(String name) {
        int object = extension(Extension.OBJECT);
        header(object, 0, FdKind.UNKNOWN, 0, 0);
        assertThat(event.u64At(object, 8)).as("inode").isZero();
        assertThat(event.text(object, Extension.OBJECT_HEADER_BYTES).toString())
                .as("path made absolute")
                .isEqualTo(name);
        return this;
    }

    /** A socket, with its name in the encoding of a SOCKTUPLE. */
    Told socket(FdKind kind, int l4proto, int role, byte[] tuple) {
        int object = extension(Extension.OBJECT);
        header(object, 0, kind, l4proto, role);
        byte[] bytes = event.bytes(object);
        assertThat(java.util.Arrays.copyOfRange(bytes, Extension.OBJECT_HEADER_BYTES, bytes.length))
                .as("tuple of the object")
                .isEqualTo(tuple);
        return this;
    }

    Told noObject() {
        assertThat(event.length(extension(Extension.OBJECT))).as("object").isZero();
        return this;
    }

    Told detail(String text) {
        assertThat(event.text(extension(Extension.DETAIL)).toString()).as("detail").isEqualTo(text);
        return this;
    }

    Told noDetail() {
        assertThat(event.length(extension(Extension.DETAIL))).as("detail").isZero();
        return noStdio();
    }

    Told noStdio() {
        assertThat(event.length(extension(Extension.STDIO))).as("stdio").isZero();
        return this;
    }

    /** Index of an extension, noted as asserted. */
    int extension(Extension extension) {
        int index = event.extension(extension);
        assertThat(index).as("extensions are there").isLessThan(event.paramCount());
        asserted.set(index);
        return index;
    }

    /** Every parameter and extension was asserted, and there are no more. */
    void andNothingElse() {
        assertThat(event.paramCount())
                .isEqualTo(event.type().paramCount() + Extension.values().length);
        for (int i = 0; i < event.paramCount(); i++) {
            String name =
                    i < event.type().paramCount()
                            ? event.type().param(i).name()
                            : Extension.values()[i - event.type().paramCount()].name();
            assertThat(asserted.get(i)).as(event.type() + "." + name + " was asserted").isTrue();
        }
    }

    private void header(int object, int at, FdKind kind, int l4proto, int role) {
        assertThat(event.length(object)).isGreaterThanOrEqualTo(Extension.OBJECT_HEADER_BYTES);
        assertThat(FdKind.of(event.byteAt(object, at))).as("kind").isEqualTo(kind);
        assertThat(event.byteAt(object, at + 1)).as("l4proto").isEqualTo(l4proto);
        assertThat(event.byteAt(object, at + 2)).as("role").isEqualTo(role);
        assertThat(event.byteAt(object, at + 3)).as("reserved").isZero();
    }

    private int index(String param) {
        int index = event.type().paramIndex(param);
        assertThat(index).as(event.type() + " has " + param).isNotNegative();
        asserted.set(index);
        return index;
    }
}
