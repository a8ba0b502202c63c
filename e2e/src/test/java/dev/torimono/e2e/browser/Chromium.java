// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Debian's Chromium as a process: without a window, with a profile of its own. */
final class Chromium implements AutoCloseable {
    static final String PROGRAM = "/usr/bin/chromium";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path folder;
    private final Process process;

    private Chromium(Path folder, Path certificate, String language) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        process = launch(folder, certificate, language);
    }

    /**
     * @param folder for its profile
     * @param certificate of the collector whose pages it is to trust
     * @param language as a browser tells it: en, ja
     */
    static Chromium started(Path folder, Path certificate, String language) {
        try {
            return new Chromium(folder, certificate, language);
        } catch (IOException e) {
            throw new UncheckedIOException("chromium: cannot be started", e);
        }
    }

    private static Process launch(Path folder, Path certificate, String language)
            throws IOException {
        return new ProcessBuilder(
                        PROGRAM,
                        "--headless=new",
                        // It runs as root here, and shows only our own pages.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-extensions",
                        "--disable-sync",
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--force-color-profile=srgb",
                        "--lang=" + language,
                        "--accept-lang=" + language,
                        "--user-data-dir=" + folder,
                        "--remote-debugging-port=0",
                        "--ignore-certificate-errors-spki-list=" + pin(certificate),
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
    }

    /** Where its first page is spoken to. */
    URI page() {
        Path told = folder.resolve("DevToolsActivePort");
        Pause.until("chromium's port", LIMIT, () -> Files.exists(told) && !read(told).isBlank());
        return JsonMapper.shared()
                .readTree(ask("GET", "list"))
                .valueStream()
                .filter(target -> target.path("type").asString("").equals("page"))
                .map(Chromium::address)
                .findFirst()
                .orElseThrow();
    }

    /** Where a page that is opened beside the others is spoken to. */
    URI newPage() {
        return address(JsonMapper.shared().readTree(ask("PUT", "new?about:blank")));
    }

    void closePage(URI page) {
        ask("GET", "close/" + page.getPath().substring(page.getPath().lastIndexOf('/') + 1));
    }

    private static URI address(JsonNode target) {
        return URI.create(target.path("webSocketDebuggerUrl").asString(""));
    }

    private String ask(String method, String what) {
        String port = read(folder.resolve("DevToolsActivePort")).lines().findFirst().orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/" + what))
                            .timeout(LIMIT)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("chromium: " + what + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The hash by which it takes exactly this certificate's key. */
    private static String pin(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            byte[] key =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(in)
                            .getPublicKey()
                            .getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("chromium: did not end within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
