// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * The very file that an exec is about to run, as the kernel sees it: read through an open fd, so
 * that no rename, link or mount can put another in its place.
 *
 * @param path resolved path in the caller's mount namespace
 * @param inode its inode number
 * @param device its device, major &lt;&lt; 20 | minor
 * @param filesystem magic number of its file system
 * @param facts bits of {@link Fd}: upper layer, lower layer, deleted, memfd
 * @param mode its mode
 * @param ctimeNs inode change time, ns since the epoch
 * @param mtimeNs modification time, ns since the epoch
 * @param uid its owner
 */
public record HeldFile(
        Text path,
        long inode,
        int device,
        long filesystem,
        int facts,
        int mode,
        long ctimeNs,
        long mtimeNs,
        long uid) {

    /** Whether a bit of {@link Fd}'s facts is set. */
    public boolean is(int fact) {
        return (facts & fact) != 0;
    }
}
