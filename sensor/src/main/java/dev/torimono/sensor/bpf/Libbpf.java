// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * libbpf, one method per C function. Pointers that C returns as NULL and negative error codes
 * become {@link BpfException}s; nothing else is added.
 */
@SuppressWarnings("restricted")
final class Libbpf {
    static final String LIBRARY = "libbpf.so.1";

    /** Loaded on first use, so that a missing library is an answer and not a broken class. */
    private static final SymbolLookup LOOKUP = name -> Library.LOOKUP.find(name);

    private static final class Library {
        static final SymbolLookup LOOKUP = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    }

    private static final FunctionDescriptor INT_OF_POINTER =
            FunctionDescriptor.of(JAVA_INT, ADDRESS);
    private static final FunctionDescriptor FIND = FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS);

    private static final NativeFunction OPEN_MEM =
            function(
                    "bpf_object__open_mem",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final NativeFunction LOAD = function("bpf_object__load", INT_OF_POINTER);
    private static final NativeFunction CLOSE =
            function("bpf_object__close", FunctionDescriptor.ofVoid(ADDRESS));
    private static final NativeFunction FIND_MAP = function("bpf_object__find_map_by_name", FIND);
    private static final NativeFunction FIND_PROGRAM =
            function("bpf_object__find_program_by_name", FIND);
    private static final NativeFunction MAP_FD = function("bpf_map__fd", INT_OF_POINTER);
    private static final NativeFunction MAP_VALUE_SIZE =
            function("bpf_map__value_size", INT_OF_POINTER);
    private static final NativeFunction MAP_SET_MAX_ENTRIES =
            function(
                    "bpf_map__set_max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final NativeFunction MAP_SET_AUTOCREATE =
            function(
                    "bpf_map__set_autocreate",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_BOOLEAN));
    private static final NativeFunction MAP_UPDATE =
            function(
                    "bpf_map_update_elem",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    private static final NativeFunction MAP_DELETE =
            function("bpf_map_delete_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final NativeFunction MAP_LOOKUP =
            function(
                    "bpf_map_lookup_elem",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final NativeFunction MAP_NEXT_KEY =
            function(
                    "bpf_map_get_next_key",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final NativeFunction PROGRAM_FD = function("bpf_program__fd", INT_OF_POINTER);
    private static final NativeFunction PROGRAM_SET_AUTOLOAD =
            function(
                    "bpf_program__set_autoload",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_BOOLEAN));
    private static final NativeFunction PROGRAM_ATTACH =
            function("bpf_program__attach", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final NativeFunction PROGRAM_TEST_RUN =
            function("bpf_prog_test_run_opts", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final NativeFunction OBJECT_INFO =
            function(
                    "bpf_obj_get_info_by_fd",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final NativeFunction LINK_DESTROY =
            function("bpf_link__destroy", INT_OF_POINTER);
    private static final NativeFunction SET_PRINT =
            function("libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final NativeFunction POSSIBLE_CPUS =
            function("libbpf_num_possible_cpus", FunctionDescriptor.of(JAVA_INT));

    private Libbpf() {}

    private static NativeFunction function(String name, FunctionDescriptor descriptor) {
        return new NativeFunction(LOOKUP, name, descriptor);
    }

    /** Whether the library is installed. */
    static boolean present() {
        try {
            return Library.LOOKUP.find("bpf_object__open_mem").isPresent();
        } catch (IllegalArgumentException | ExceptionInInitializerError | NoClassDefFoundError e) {
            return false;
        }
    }

    static MemorySegment openMem(MemorySegment image, MemorySegment options, String subject) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            return pointer(
                    OPEN_MEM,
                    errno,
                    (MemorySegment)
                            OPEN_MEM.handle().invokeExact(errno, image, image.byteSize(), options),
                    subject);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Returns 0 or a negative error: the caller knows more than the number says. */
    static int load(MemorySegment object) {
        return LOAD.call(object);
    }

    static void close(MemorySegment object) {
        try (Arena arena = Arena.ofConfined()) {
            CLOSE.handle().invokeExact(NativeFunction.errnoSegment(arena), object);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static MemorySegment findMap(MemorySegment object, String name) {
        return find(FIND_MAP, object, name);
    }

    static MemorySegment findProgram(MemorySegment object, String name) {
        return find(FIND_PROGRAM, object, name);
    }

    static int mapFd(MemorySegment map) {
        return checked(MAP_FD, MAP_FD.call(map), "map is not loaded");
    }

    static int mapValueSize(MemorySegment map) {
        return MAP_VALUE_SIZE.call(map);
    }

    static void mapSetMaxEntries(MemorySegment map, int entries) {
        try (Arena arena = Arena.ofConfined()) {
            int result =
                    (int)
                            MAP_SET_MAX_ENTRIES
                                    .handle()
                                    .invokeExact(NativeFunction.errnoSegment(arena), map, entries);
            checked(MAP_SET_MAX_ENTRIES, result, entries + " entries");
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static void mapUpdate(int fd, MemorySegment key, MemorySegment value, String subject) {
        try (Arena arena = Arena.ofConfined()) {
            int result =
                    (int)
                            MAP_UPDATE
                                    .handle()
                                    .invokeExact(
                                            NativeFunction.errnoSegment(arena), fd, key, value, 0L);
            checked(MAP_UPDATE, result, subject);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static void mapDelete(int fd, MemorySegment key, String subject) {
        checked(MAP_DELETE, MAP_DELETE.call(fd, key), subject);
    }

    static void mapLookup(int fd, MemorySegment key, MemorySegment value, String subject) {
        checked(MAP_LOOKUP, MAP_LOOKUP.call(fd, key, value), subject);
    }

    /** The key after one, or the first after {@code NULL}; false at the end. */
    static boolean mapNextKey(int fd, MemorySegment key, MemorySegment next, String subject) {
        return there(MAP_NEXT_KEY, MAP_NEXT_KEY.call(fd, key, next), subject);
    }

    /** Reads an element; false when there is none. */
    static boolean mapFind(int fd, MemorySegment key, MemorySegment value, String subject) {
        return there(MAP_LOOKUP, MAP_LOOKUP.call(fd, key, value), subject);
    }

    /** Takes an element away; false when there was none. */
    static boolean mapDeleteIfThere(int fd, MemorySegment key, String subject) {
        return there(MAP_DELETE, MAP_DELETE.call(fd, key), subject);
    }

    static int programFd(MemorySegment program) {
        return checked(PROGRAM_FD, PROGRAM_FD.call(program), "program is not loaded");
    }

    static void programSetAutoload(MemorySegment program, boolean load) {
        set(PROGRAM_SET_AUTOLOAD, program, load);
    }

    static void mapSetAutocreate(MemorySegment map, boolean create) {
        set(MAP_SET_AUTOCREATE, map, create);
    }

    private static void set(NativeFunction setter, MemorySegment of, boolean value) {
        try (Arena arena = Arena.ofConfined()) {
            int result =
                    (int)
                            setter.handle()
                                    .invokeExact(NativeFunction.errnoSegment(arena), of, value);
            checked(setter, result, "object is loaded already");
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static MemorySegment programAttach(MemorySegment program, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            return pointer(
                    PROGRAM_ATTACH,
                    errno,
                    (MemorySegment) PROGRAM_ATTACH.handle().invokeExact(errno, program),
                    name);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** With memory of the caller's own: somebody waits for what such a run finds out. */
    static void programTestRun(MemorySegment errno, int fd, MemorySegment options, String name) {
        try {
            int result = (int) PROGRAM_TEST_RUN.handle().invokeExact(errno, fd, options);
            checked(PROGRAM_TEST_RUN, result, name);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static void objectInfo(int fd, MemorySegment into, MemorySegment length) {
        checked(OBJECT_INFO, OBJECT_INFO.call(fd, into, length), "fd " + fd);
    }

    static void linkDestroy(MemorySegment link) {
        checked(LINK_DESTROY, LINK_DESTROY.call(link), "link");
    }

    /** Sets the print callback, process-wide; returns the one before. */
    static MemorySegment setPrint(MemorySegment callback) {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment)
                    SET_PRINT.handle().invokeExact(NativeFunction.errnoSegment(arena), callback);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static int possibleCpus() {
        try (Arena arena = Arena.ofConfined()) {
            int cpus = (int) POSSIBLE_CPUS.handle().invokeExact(NativeFunction.errnoSegment(arena));
            return checked(POSSIBLE_CPUS, cpus, "/sys/devices/system/cpu/possible");
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Whether there was such an element; other failures are thrown. */
    private static boolean there(NativeFunction function, int result, String subject) {
        return result != -Errno.ENOENT.code() && checked(function, result, subject) >= 0;
    }

    private static MemorySegment find(NativeFunction function, MemorySegment object, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            return pointer(
                    function,
                    errno,
                    (MemorySegment)
                            function.handle().invokeExact(errno, object, arena.allocateFrom(name)),
                    name);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private static MemorySegment pointer(
            NativeFunction function, MemorySegment errno, MemorySegment result, String subject) {
        if (result.address() == 0) {
            throw BpfException.of(function.name(), NativeFunction.errno(errno), subject);
        }
        return result;
    }

    private static int checked(NativeFunction function, int result, String subject) {
        if (result < 0) {
            throw BpfException.of(function.name(), result, subject);
        }
        return result;
    }
}
