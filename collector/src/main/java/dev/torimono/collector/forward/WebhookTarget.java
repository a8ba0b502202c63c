// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts a JSON array of events, and signs it: {@code X-Torimono-Signature} is {@code sha256=} with
 * the HMAC of {@code X-Torimono-Timestamp}, a dot and the body, so that nobody can forge or replay
 * one.
 */
final class WebhookTarget implements Target {
    private final URI url;
    private final String secret;
    private final int together;
    private final Map<String, String> headers;
    private final Web web;
    private final InstantSource clock;

    WebhookTarget(Options options, InstantSource clock) throws IOException {
        this.url = options.url("url");
        this.secret = options.text("secret");
        this.together = options.number("together", 100, 1, 1000);
        this.headers = options.map("headers");
        this.web = new Web(options);
        this.clock = clock;
    }

    static void check(Options options) {
        options.url("url");
        options.number("together", 100, 1, 1000);
        options.authorities();
    }

    @Override
    public int together() {
        return together;
    }

    @Override
    public int send(List<Shipment> events) throws IOException, InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write('[');
        for (Shipment event : events) {
            body.writeBytes(
                    body.size() > 1 ? ",".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
            body.writeBytes(event.body());
        }
        body.write(']');
        byte[] bytes = body.toByteArray();
        Map<String, String> all = new TreeMap<>(headers);
        // The same when the same events are posted again, so that a receiver can tell.
        all.put("X-Torimono-Delivery", events.getFirst().id() + "-" + events.size());
        if (!secret.isEmpty()) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            all.put("X-Torimono-Timestamp", timestamp);
            all.put("X-Torimono-Signature", "sha256=" + signature(timestamp, bytes));
        }
        web.post(url, "application/json", all, bytes);
        return 0;
    }

    private String signature(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: every JVM has it", e);
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
