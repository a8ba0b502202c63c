// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a collector; an agent reads past them. */
final class CollectorKeys {
    static final KeyGroup GROUP = new KeyGroup();

    static final Key<String> LISTEN =
            GROUP.text("collector.listen", "0.0.0.0:7443", "HOST:PORT it listens on");
    static final Key<String> DATA =
            GROUP.text(
                    "collector.data",
                    "/var/lib/torimono/collector",
                    "folder of everything it keeps");
    static final Key<List<String>> NAMES =
            GROUP.key(
                    "collector.names",
                    Kind.LIST,
                    List.of(),
                    "what it is reached by, for the certificate it makes");
    static final Key<String> CERTIFICATE =
            GROUP.text("collector.certificate", "", "PEM chain, instead of one that it makes");
    static final Key<String> KEY =
            GROUP.text("collector.key", "", "PEM private key (PKCS #8) of it");
    static final Key<Long> KEEP_DAYS =
            GROUP.key(
                    "collector.keep-days", Kind.whole(1, 36_500), 30L, "how long events are kept");
    static final Key<Long> KEEP_BYTES =
            GROUP.key(
                    "collector.keep-bytes",
                    Kind.bytes(1L << 20, 1024 * KeyGroup.TIB),
                    50L << 30,
                    "how much room events may take");
    static final Key<Long> TOKEN_DAYS =
            GROUP.key(
                    "collector.agent-token-days",
                    Kind.whole(0, 36_500),
                    30L,
                    "age at which an agent gets another token; 0 never");
    static final Key<String> SMTP_HOST =
            GROUP.text("collector.smtp.host", "", "mail server of channels that name none");
    static final Key<Long> SMTP_PORT =
            GROUP.key(
                    "collector.smtp.port",
                    Kind.whole(0, 65_535),
                    0L,
                    "its port; 0 for the usual one");
    static final Key<String> SMTP_SECURITY =
            GROUP.key(
                    "collector.smtp.security",
                    Kind.parsed("starttls, tls or none", CollectorKeys::security),
                    "starttls",
                    "starttls, tls or none");
    static final Key<String> SMTP_USERNAME =
            GROUP.text("collector.smtp.username", "", "who logs in");
    static final Key<String> SMTP_PASSWORD_FILE =
            GROUP.text("collector.smtp.password-file", "", "file with the password");
    static final Key<String> SMTP_FROM =
            GROUP.text(
                    "collector.smtp.from",
                    "torimono@localhost.localdomain",
                    "whom messages are from");
    static final Key<String> SMTP_CA_FILE =
            GROUP.text(
                    "collector.smtp.ca-file",
                    "",
                    "PEM certificates to trust instead of the JDK's, by the collector");

    private CollectorKeys() {}

    private static @Nullable String security(String text) {
        return List.of("starttls", "tls", "none").contains(text) ? text : null;
    }
}
