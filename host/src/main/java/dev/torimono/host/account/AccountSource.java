// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * One root file system whose accounts are wanted, and what was read of it so far. Used by the
 * reader's thread only, but for the key.
 */
final class AccountSource {
    private final String key;
    private RootedFile.Stamp passwd = RootedFile.Stamp.NONE;
    private RootedFile.Stamp group = RootedFile.Stamp.NONE;
    private AccountBook book = AccountBook.EMPTY;
    private boolean told;

    AccountSource(String key) {
        this.key = key;
    }

    /** The container's full id; empty for the host. */
    String key() {
        return key;
    }

    RootedFile.Stamp passwd() {
        return passwd;
    }

    RootedFile.Stamp group() {
        return group;
    }

    AccountBook book() {
        return book;
    }

    void passwd(RootedFile.Stamp stamp, AccountBook read) {
        passwd = stamp;
        book = read;
    }

    void group(RootedFile.Stamp stamp, AccountBook read) {
        group = stamp;
        book = read;
    }

    /** Whether anything was told of it, if only that there is nothing. */
    boolean told() {
        return told;
    }

    void tell() {
        told = true;
    }

    /** What was read last was not the source's. */
    void forget() {
        passwd = RootedFile.Stamp.NONE;
        group = RootedFile.Stamp.NONE;
        book = AccountBook.EMPTY;
    }

    /**
     * A wish to have it read.
     *
     * @param source what to read
     * @param root its root folder
     * @param valid whether that folder still is the source's: a pid can be reused
     */
    record Request(AccountSource source, Path root, BooleanSupplier valid) {}

    /** What was read. */
    record Result(String key, AccountBook book) {}
}
