// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

/** Where the content of an executed file comes from. */
public enum Origin {
    /** The container's image. */
    IMAGE,
    /** New on the overlay's upper layer: written, downloaded, compiled or installed. */
    ADDED,
    /** Of the image, written over. */
    MODIFIED,
    /** Of the image, copied up because its mode, owner or times were changed; same content. */
    TOUCHED,
    /** A mounted volume. */
    VOLUME,
    /** A file system in memory, such as /dev/shm. */
    MEMORY_FS,
    /** An anonymous file in memory, without any path. */
    MEMFD,
    /** A file that was deleted while or before it was executed. */
    DELETED,
    /** Not determined; never drift. */
    UNKNOWN;

    /** Whether it was not in the image, volumes apart. */
    boolean foreign() {
        return switch (this) {
            case ADDED, MODIFIED, TOUCHED, MEMORY_FS, MEMFD, DELETED -> true;
            case IMAGE, VOLUME, UNKNOWN -> false;
        };
    }
}
