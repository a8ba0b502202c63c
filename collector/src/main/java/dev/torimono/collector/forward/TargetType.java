// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What events can be forwarded to. */
public enum TargetType {
    SYSLOG,
    WEBHOOK,
    FILE,
    ELASTICSEARCH,
    OPENSEARCH,
    SPLUNK,
    KAFKA;

    /** Null for a type that is not supported. */
    static @Nullable TargetType of(String name) {
        for (TargetType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** Options that are told nobody. */
    Set<String> secrets() {
        return switch (this) {
            case SYSLOG, FILE -> Set.of();
            case WEBHOOK -> Set.of("secret", "headers");
            case ELASTICSEARCH, OPENSEARCH -> Set.of("password", "apiKey");
            case SPLUNK -> Set.of("token");
            case KAFKA -> Set.of("password");
        };
    }

    /** Options that say who gets to see the secrets. */
    Set<String> addresses() {
        return switch (this) {
            case SYSLOG -> Set.of("host", "port");
            case WEBHOOK, ELASTICSEARCH, OPENSEARCH, SPLUNK -> Set.of("url");
            case FILE -> Set.of();
            case KAFKA -> Set.of("brokers");
        };
    }

    /**
     * @throws IllegalArgumentException when nothing could be forwarded with these options
     */
    void check(JsonNode given) {
        Options options = new Options(given);
        switch (this) {
            case SYSLOG -> SyslogTarget.check(options);
            case WEBHOOK -> WebhookTarget.check(options);
            case FILE -> FileTarget.check(options);
            case ELASTICSEARCH, OPENSEARCH -> ElasticTarget.check(options);
            case SPLUNK -> SplunkTarget.check(options);
            case KAFKA -> KafkaTarget.check(options);
        }
    }

    /**
     * Connects as late as possible.
     *
     * @param folder where files are written
     */
    Target open(JsonNode given, Path folder, InstantSource clock) throws IOException {
        Options options = new Options(given);
        return switch (this) {
            case SYSLOG -> new SyslogTarget(options);
            case WEBHOOK -> new WebhookTarget(options, clock);
            case FILE -> new FileTarget(options, folder);
            case ELASTICSEARCH, OPENSEARCH -> new ElasticTarget(options);
            case SPLUNK -> new SplunkTarget(options);
            case KAFKA -> new KafkaTarget(options);
        };
    }
}
