// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The console's pages, as a browser asks for them. */
final class ConsoleTest extends OneCollector {
    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    private HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(collector().uri(path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return collector()
                    .client()
                    .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void everyAddressOfAPlaceGivesThePage() {
        for (String path : new String[] {"/", "/events/0123", "/policies/7?tab=history"}) {
            HttpResponse<byte[]> page = get(path, "Accept", "text/html,*/*;q=0.8");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(text(page)).contains("<div id=\"app\">");
            assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void thePolicyOfContentNamesNobodyElseAndAnotherNonceEachTime() {
        HttpResponse<byte[]> page = get("/");
        String policy = header(page, "Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        Matcher nonce = Pattern.compile("'nonce-([^']{20,})'").matcher(policy);
        assertThat(nonce.find()).isTrue();
        assertThat(text(page)).contains(nonce.group(1)).doesNotContain("__NONCE__");
        assertThat(header(get("/"), "Content-Security-Policy")).isNotEqualTo(policy);
    }

    @Test
    void assetsAreKeptForEverAndCompressedForWhoeverCanRead() throws IOException {
        Matcher script = SCRIPT.matcher(text(get("/")));
        assertThat(script.find()).isTrue();
        HttpResponse<byte[]> plain = get(script.group(1));
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(header(plain, "Content-Type")).startsWith("text/javascript");
        assertThat(header(plain, "Cache-Control")).contains("immutable");
        HttpResponse<byte[]> packed = get(script.group(1), "Accept-Encoding", "gzip, br");
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
    }

    @Test
    void whatTheApiDoesNotHaveIsNoPage() {
        for (String path : new String[] {"/api/v1/nothing", "/secure/nothing", "/assets/nothing"}) {
            HttpResponse<byte[]> answer = get(path, "Accept", "text/html");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(header(answer, "Content-Type")).startsWith("application/json");
        }
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/me", "Accept", "text/html").statusCode()).isEqualTo(401);
        assertThat(get("/assets/../files.txt").statusCode()).isGreaterThanOrEqualTo(400);
    }
}
