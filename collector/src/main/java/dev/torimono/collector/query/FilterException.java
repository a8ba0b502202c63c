// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

/** A filter that cannot be read; the message tells where and what would be right. */
public final class FilterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FilterException(int column, String message) {
        super("filter: column " + (column + 1) + ": " + message);
    }
}
