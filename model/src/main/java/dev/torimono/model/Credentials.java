// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/**
 * Who a task acts as. Immutable, shared by forks.
 *
 * @param uid effective user id as Falco's user.uid has it; 4294967295 unknown
 * @param gid group id
 * @param loginUid audit login uid; 4294967295 (-1) when never set
 * @param capInheritable capability bits
 * @param capPermitted capability bits
 * @param capEffective capability bits
 */
public record Credentials(
        long uid,
        long gid,
        long loginUid,
        long capInheritable,
        long capPermitted,
        long capEffective) {
    public static final long UNSET = 0xFFFF_FFFFL;

    public static final Credentials UNKNOWN = new Credentials(UNSET, UNSET, UNSET, 0, 0, 0);

    /** The same with other ids; this itself when they do not differ. */
    public Credentials withIds(long otherUid, long otherGid) {
        return otherUid == uid && otherGid == gid
                ? this
                : new Credentials(
                        otherUid, otherGid, loginUid, capInheritable, capPermitted, capEffective);
    }
}
