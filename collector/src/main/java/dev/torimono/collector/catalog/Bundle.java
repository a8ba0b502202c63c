// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything an agent needs, in the files that it reads.
 *
 * @param version tells bundles apart; the same content has the same
 * @param rules a rules file: lists, macros and rules beyond those the agent ships
 * @param policies a policies file
 */
public record Bundle(String version, String rules, String policies) {
    private static final int VERSION_CHARS = 16;

    public static Bundle of(String rules, String policies) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((rules + '\0' + policies).getBytes(StandardCharsets.UTF_8));
            String version = HexFormat.of().formatHex(hash).substring(0, VERSION_CHARS);
            return new Bundle(version, rules, policies);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JVM has it", e);
        }
    }

    /** As agents get it. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("version", version);
        json.put("rules", rules);
        json.put("policies", policies);
        return json;
    }
}
