// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.IOException;

/** A call that the other side refused. */
public final class GrpcException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int UNKNOWN = 2;
    private static final int NOT_FOUND = 5;
    private static final int UNIMPLEMENTED = 12;

    private final int status;

    GrpcException(String path, int status, String message) {
        super(path + ": refused with status " + status + (message.isEmpty() ? "" : ": " + message));
        this.status = status;
    }

    /** What was asked for does not exist; some servers say it in words only. */
    public boolean notFound() {
        String text = String.valueOf(getMessage());
        return status == NOT_FOUND
                || (status == UNKNOWN
                        && (text.contains("not found") || text.contains("does not exist")));
    }

    /** The other side does not know such a call. */
    public boolean unimplemented() {
        return status == UNIMPLEMENTED;
    }
}
