// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * One C function, linked when it is first called: making a handle takes milliseconds, and a start
 * that needs ten of forty should pay for ten.
 *
 * <p>Every handle takes a segment of {@link #errnoSegment} first, into which errno is captured.
 */
@SuppressWarnings("restricted")
public final class NativeFunction {
    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final SymbolLookup library;
    private final String name;
    private final FunctionDescriptor descriptor;
    private final Linker.Option[] options;
    private volatile @Nullable MethodHandle handle;

    public NativeFunction(
            SymbolLookup library,
            String name,
            FunctionDescriptor descriptor,
            Linker.Option... more) {
        this.library = library;
        this.name = name;
        this.descriptor = descriptor;
        this.options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
    }

    /**
     * The handle, linked now if need be.
     *
     * @throws BpfException when the library lacks the function
     */
    public MethodHandle handle() {
        MethodHandle linked = handle;
        if (linked == null) {
            MemorySegment symbol =
                    library.find(name)
                            .orElseThrow(
                                    () ->
                                            new BpfException(
                                                    name,
                                                    Errno.ENOSYS,
                                                    "this version of the library lacks it"));
            linked = Linker.nativeLinker().downcallHandle(symbol, descriptor, options);
            handle = linked;
        }
        return linked;
    }

    /**
     * The same for what is called many times a second, linked now.
     *
     * @throws BpfException when the library lacks the function
     */
    public Linked linked() {
        return new Linked(handle());
    }

    /**
     * A function that is linked. Of a record in a static field the compiler knows that its handle
     * never changes, so that it compiles the call into whoever calls.
     */
    public record Linked(MethodHandle handle) {}

    String name() {
        return name;
    }

    /** Calls one of the shape {@code int f(void *)}. */
    int call(MemorySegment pointer) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) handle().invokeExact(errnoSegment(arena), pointer);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Calls one of the shape {@code int f(int fd, void *)}. */
    int call(int fd, MemorySegment pointer) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) handle().invokeExact(errnoSegment(arena), fd, pointer);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Calls one of the shape {@code int f(int fd, void *, void *)}. */
    int call(int fd, MemorySegment a, MemorySegment b) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) handle().invokeExact(errnoSegment(arena), fd, a, b);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public static MemorySegment errnoSegment(Arena arena) {
        return arena.allocate(ERRNO);
    }

    public static int errno(MemorySegment captured) {
        return captured.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
    }

    /** A downcall declares Throwable and throws none. */
    public static AssertionError impossible(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new AssertionError("a downcall threw", thrown);
    }
}
