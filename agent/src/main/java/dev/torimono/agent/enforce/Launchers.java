// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Text;
import dev.torimono.response.drift.Execution.Manner;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs that execute another file, given as argument: interpreters and the dynamic loader. By
 * the name of the file that runs, and by what it is called as where one file is many programs.
 */
final class Launchers {
    private static final Set<String> INTERPRETERS =
            Set.of(
                    "sh", "ash", "bash", "dash", "ksh", "mksh", "zsh", "fish", "csh", "tcsh",
                    "perl", "ruby", "node", "nodejs", "php", "lua", "luajit", "tclsh", "expect",
                    "wish", "Rscript", "guile", "busybox", "toybox", "pypy3", "pypy", "deno",
                    "bun");

    /** Followed by a version: python3.11, perl5.36.0, php8.2. */
    private static final List<String> VERSIONED =
            List.of("python", "perl", "ruby", "php", "lua", "tclsh", "bash", "zsh", "ksh");

    /** One file that is many programs: the first word that is none of its own names one. */
    private static final Set<String> MANY = Set.of("busybox", "toybox");

    /** Options after which code follows, not a file. */
    private static final Set<String> CODE = Set.of("-c", "-e", "-E", "-m", "-r", "-p", "--eval");

    /** Options of the loader with a value of their own. */
    private static final Set<String> LOADER_VALUES =
            Set.of(
                    "--library-path",
                    "--inhibit-rpath",
                    "--audit",
                    "--preload",
                    "--argv0",
                    "--glibc-hwcaps-prepend",
                    "--glibc-hwcaps-mask");

    /**
     * A file that a program is told to execute.
     *
     * @param file as the argument names it
     */
    record Launched(Manner manner, Text file) {}

    private Launchers() {}

    /** What the program was told to execute; null when nothing. */
    static @Nullable Launched of(String program, List<Text> arguments) {
        String name = baseName(program);
        if (isLoaderName(name)) {
            Text file =
                    fileOf(arguments, 1, LOADER_VALUES, Set.of("--list", "--help", "--version"));
            return file == null ? null : new Launched(Manner.LOADER, file);
        }
        if (!isInterpreter(name) || arguments.isEmpty()) {
            return null;
        }
        int from = 1;
        if (MANY.contains(name)) {
            String called = baseName(arguments.getFirst().toString());
            if (MANY.contains(called)) {
                called = arguments.size() > 1 ? baseName(arguments.get(1).toString()) : "";
                from = 2;
            }
            if (!isInterpreter(called) || MANY.contains(called)) {
                return null;
            }
        }
        Text file = fileOf(arguments, from, Set.of("-O", "-o", "-W", "-X", "-I"), CODE);
        return file == null ? null : new Launched(Manner.SCRIPT, file);
    }

    /** Whether a program may execute another file at all; cheap. */
    static boolean mayLaunch(String program) {
        String name = baseName(program);
        return isInterpreter(name) || isLoaderName(name);
    }

    private static boolean isInterpreter(String name) {
        if (INTERPRETERS.contains(name)) {
            return true;
        }
        for (String versioned : VERSIONED) {
            if (name.startsWith(versioned)
                    && name.length() > versioned.length()
                    && Character.isDigit(name.charAt(versioned.length()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path is the dynamic loader's. */
    static boolean isLoader(String path) {
        return isLoaderName(baseName(path));
    }

    /** glibc's ld-linux-x86-64.so.2 and ld-2.31.so, musl's ld-musl-x86_64.so.1. */
    private static boolean isLoaderName(String name) {
        return (name.startsWith("ld-") || name.startsWith("ld.") || name.startsWith("ld64."))
                && name.contains(".so");
    }

    private static @Nullable Text fileOf(
            List<Text> arguments, int from, Set<String> withValue, Set<String> endings) {
        for (int i = from; i < arguments.size(); i++) {
            String word = arguments.get(i).toString();
            if (endings.contains(word) || isCode(word, endings)) {
                return null;
            }
            if (word.equals("--")) {
                return i + 1 < arguments.size() ? arguments.get(i + 1) : null;
            }
            if (withValue.contains(word)) {
                i++;
            } else if (!word.startsWith("-") && !word.startsWith("+")) {
                return arguments.get(i);
            } else if (word.equals("-")) {
                return null;
            }
        }
        return null;
    }

    /** Letters in one word: {@code bash -xc}. */
    private static boolean isCode(String word, Set<String> endings) {
        return endings.contains("-c")
                && word.length() > 2
                && word.charAt(0) == '-'
                && word.charAt(1) != '-'
                && word.endsWith("c");
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
