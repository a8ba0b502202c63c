// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/** Which internet addresses belong to this machine; decides the near end of a connection. */
@FunctionalInterface
public interface LocalAddresses {
    /** Knows none. */
    LocalAddresses NONE = (address, width) -> false;

    /** Whether the first 4 or 16 bytes are one of this machine's addresses. */
    boolean isLocal(byte[] address, int width);

    /**
     * Whether these addresses alone tell the near end of a connection, as Falco goes by them in a
     * capture. Where the kernel was asked, {@link Fd#role()} knows better: addresses inside a
     * container are not the machine's.
     */
    default boolean decideNearEnd() {
        return false;
    }
}
