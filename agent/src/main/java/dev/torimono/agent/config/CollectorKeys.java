// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.ArrayList;
import java.util.List;

/** The keys of a collector; an agent reads past them. */
final class CollectorKeys {
    static final List<Key<?>> ALL = new ArrayList<>();
    private static final long TIB = 1L << 40;

    static final Key<String> LISTEN =
            add(Keys.of("collector.listen", Kind.TEXT, "0.0.0.0:7443", "HOST:PORT it listens on"));
    static final Key<String> DATA =
            add(
                    Keys.of(
                            "collector.data",
                            Kind.TEXT,
                            "/var/lib/torimono/collector",
                            "folder of everything it keeps"));
    static final Key<List<String>> NAMES =
            add(
                    Keys.of(
                            "collector.names",
                            Kind.LIST,
                            List.of(),
                            "what it is reached by, for the certificate it makes"));
    static final Key<String> CERTIFICATE =
            add(
                    Keys.of(
                            "collector.certificate",
                            Kind.TEXT,
                            "",
                            "PEM chain, instead of one that it makes"));
    static final Key<String> KEY =
            add(Keys.of("collector.key", Kind.TEXT, "", "PEM private key (PKCS #8) of it"));
    static final Key<Long> KEEP_DAYS =
            add(
                    Keys.of(
                            "collector.keep-days",
                            Kind.whole(1, 36_500),
                            30L,
                            "how long events are kept"));
    static final Key<Long> KEEP_BYTES =
            add(
                    Keys.of(
                            "collector.keep-bytes",
                            Kind.bytes(1L << 20, 1024 * TIB),
                            50L << 30,
                            "how much room events may take"));
    static final Key<Long> TOKEN_DAYS =
            add(
                    Keys.of(
                            "collector.agent-token-days",
                            Kind.whole(0, 36_500),
                            30L,
                            "age at which an agent gets another token; 0 never"));
    static final Key<String> SMTP_HOST =
            add(
                    Keys.of(
                            "collector.smtp.host",
                            Kind.TEXT,
                            "",
                            "mail server of channels that name none"));
    static final Key<Long> SMTP_PORT =
            add(
                    Keys.of(
                            "collector.smtp.port",
                            Kind.whole(0, 65_535),
                            0L,
                            "its port; 0 for the usual one"));
    static final Key<String> SMTP_SECURITY =
            add(
                    Keys.of(
                            "collector.smtp.security",
                            Kind.parsed("starttls, tls or none", CollectorKeys::security),
                            "starttls",
                            "starttls, tls or none"));
    static final Key<String> SMTP_USERNAME =
            add(Keys.of("collector.smtp.username", Kind.TEXT, "", "who logs in"));
    static final Key<String> SMTP_PASSWORD_FILE =
            add(Keys.of("collector.smtp.password-file", Kind.TEXT, "", "file with the password"));
    static final Key<String> SMTP_FROM =
            add(
                    Keys.of(
                            "collector.smtp.from",
                            Kind.TEXT,
                            "torimono@localhost.localdomain",
                            "whom messages are from"));
    static final Key<String> SMTP_CA_FILE =
            add(
                    Keys.of(
                            "collector.smtp.ca-file",
                            Kind.TEXT,
                            "",
                            "PEM certificates to trust instead of the JDK's, by the collector"));

    private CollectorKeys() {}

    private static @org.jspecify.annotations.Nullable String security(String text) {
        return List.of("starttls", "tls", "none").contains(text) ? text : null;
    }

    private static <T> Key<T> add(Key<T> key) {
        ALL.add(key);
        return key;
    }
}
