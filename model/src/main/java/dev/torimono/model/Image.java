// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;

/**
 * What a task executes: everything that an exec replaces at once. Immutable, so a fork shares its
 * parent's.
 *
 * @param exe argv[0] as given
 * @param path resolved path of the executable, in the task's mount namespace
 * @param args argv[1..]
 * @param env environment, {@code NAME=value}; empty when not requested
 * @param execTimeNs when it was executed, ns since the epoch; 0 unknown
 * @param inode inode of the executable; 0 unknown
 * @param device its device, major &lt;&lt; 20 | minor
 * @param ctimeNs inode change time, ns since the epoch
 * @param mtimeNs modification time, ns since the epoch
 * @param writable the task may write its own executable
 * @param upperLayer the file is on an overlay's upper layer: not from the container's image
 * @param lowerLayer the file is on an overlay's lower layer
 * @param memfd executed from memory
 */
public record Image(
        Text exe,
        Text path,
        List<Text> args,
        List<Text> env,
        long execTimeNs,
        long inode,
        int device,
        long ctimeNs,
        long mtimeNs,
        boolean writable,
        boolean upperLayer,
        boolean lowerLayer,
        boolean memfd) {

    /** Of a task nothing is known about. */
    public static final Image UNKNOWN =
            new Image(
                    Text.EMPTY,
                    Text.EMPTY,
                    List.of(),
                    List.of(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    false,
                    false,
                    false,
                    false);

    public Image {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }
}
