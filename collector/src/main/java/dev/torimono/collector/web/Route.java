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
 * @param audited whether the audit log tells of its calls
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
        boolean audited,
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
        boolean changes = !method.equals("GET");
        return new Route(
                method, template, access, summary, List.of(), "", "", MEBIBYTE, changes, endpoint);
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

    private Route with(List<String> names, String taken, String given, int most, boolean recorded) {
        return new Route(
                method, template, access, summary, names, taken, given, most, recorded, endpoint);
    }

    public Route query(String... names) {
        return with(List.of(names), takes, gives, maxBytes, audited);
    }

    public Route takes(String schema) {
        return with(query, schema, gives, maxBytes, audited);
    }

    public Route gives(String schema) {
        return with(query, takes, schema, maxBytes, audited);
    }

    public Route upTo(int mebibytes) {
        return with(query, takes, gives, mebibytes * MEBIBYTE, audited);
    }

    /**
     * It only answers, whatever its method: the audit log, which is of changes, is silent of it.
     */
    public Route changesNothing() {
        return with(query, takes, gives, maxBytes, false);
    }

    /** It changes nothing, and hands out what the audit log must know the reader of. */
    public Route handsOut() {
        return with(query, takes, gives, maxBytes, true);
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
