// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How alerts are posted.
 *
 * @param url receiver
 * @param userAgent what we call ourselves
 * @param headers further headers, such as {@code Authorization}
 * @param timeoutMs time for one attempt, connecting included
 * @param attempts how often an alert is tried in all
 * @param firstBackoffMs wait after the first failure; doubles up to 30 s
 * @param compress gzip bodies
 * @param echo log what the receiver answers
 * @param insecure accept any certificate
 * @param caFile PEM certificates to trust instead of the JDK's; null for those
 * @param clientCertificate PEM certificate chain we show; null when none is asked for
 * @param clientKey PEM private key (PKCS #8) of that certificate
 */
public record HttpSettings(
        URI url,
        String userAgent,
        Map<String, String> headers,
        long timeoutMs,
        int attempts,
        long firstBackoffMs,
        boolean compress,
        boolean echo,
        boolean insecure,
        @Nullable Path caFile,
        @Nullable Path clientCertificate,
        @Nullable Path clientKey) {
    public HttpSettings {
        headers = Map.copyOf(headers);
    }
}
