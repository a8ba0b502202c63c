// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import java.util.List;

/**
 * One thing that can be called, and all that is told of it.
 *
 * @param method HTTP's
 * @param template path with its variable parts in braces
 * @param access who may
 * @param summary one line for people
 * @param query parameters after the question mark
 * @param takes schema of the body; empty when there is none
 * @param gives schema of the answer; empty when there is none
 * @param maxBytes how large a body may be
 * @param endpoint what answers
 */
public record Route(
        String method,
        String template,
        Access access,
        String summary,
        List<String> query,
        String takes,
        String gives,
        int maxBytes,
        Endpoint endpoint) {
    private static final int MEBIBYTE = 1 << 20;

    /** Answers calls. */
    @FunctionalInterface
    public interface Endpoint {
        Reply answer(Call call);
    }

    public Route {
        query = List.copyOf(query);
    }

    private static Route of(
            String method, String template, Access access, String summary, Endpoint endpoint) {
        return new Route(method, template, access, summary, List.of(), "", "", MEBIBYTE, endpoint);
    }

    public static Route get(String template, Access access, String summary, Endpoint endpoint) {
        return of("GET", template, access, summary, endpoint);
    }

    public static Route post(String template, Access access, String summary, Endpoint endpoint) {
        return of("POST", template, access, summary, endpoint);
    }

    public static Route put(String template, Access access, String summary, Endpoint endpoint) {
        return of("PUT", template, access, summary, endpoint);
    }

    public static Route delete(String template, Access access, String summary, Endpoint endpoint) {
        return of("DELETE", template, access, summary, endpoint);
    }

    public Route query(String... names) {
        return new Route(
                method,
                template,
                access,
                summary,
                List.of(names),
                takes,
                gives,
                maxBytes,
                endpoint);
    }

    public Route takes(String schema) {
        return new Route(
                method, template, access, summary, query, schema, gives, maxBytes, endpoint);
    }

    public Route gives(String schema) {
        return new Route(
                method, template, access, summary, query, takes, schema, maxBytes, endpoint);
    }

    public Route upTo(int mebibytes) {
        return new Route(
                method,
                template,
                access,
                summary,
                query,
                takes,
                gives,
                mebibytes * MEBIBYTE,
                endpoint);
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
