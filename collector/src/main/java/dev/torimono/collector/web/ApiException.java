// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

/** A call that cannot be answered as asked; clients see all of it. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int CONFLICT = 409;
    public static final int TOO_LARGE = 413;
    public static final int UNPROCESSABLE = 422;
    public static final int TOO_MANY = 429;
    public static final int UNAVAILABLE = 503;

    private final int status;
    private final String code;

    /**
     * @param code stable word for programs
     * @param message for people
     */
    public ApiException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static ApiException badRequest(String message) {
        return new ApiException(BAD_REQUEST, "bad_request", message);
    }

    public static ApiException notFound(String what) {
        return new ApiException(NOT_FOUND, "not_found", what + ": there is none");
    }

    public static ApiException conflict(String message) {
        return new ApiException(CONFLICT, "conflict", message);
    }

    public static ApiException invalid(String message) {
        return new ApiException(UNPROCESSABLE, "invalid", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
