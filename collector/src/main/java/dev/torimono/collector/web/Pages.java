// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.access.Secrets;
import dev.torimono.console.ConsolePages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the console. They may load nothing from anywhere else, and whatever text they show
 * cannot become a script: the policy that browsers enforce allows only files of ours.
 */
final class Pages {
    private static final String INDEX = "index.html";
    private static final String ASSETS = "/assets/";
    private static final String NONCE = "__NONCE__";
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    /** A file with its compressed form. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(String type, byte[] plain, byte[] packed) {}

    private final Map<String, Asset> assets = new HashMap<>();
    private final @Nullable String index;
    private final String missing;

    Pages() {
        byte[] page = ConsolePages.read(INDEX);
        this.index = page == null ? null : new String(page, StandardCharsets.UTF_8);
        this.missing = ConsolePages.missing();
        for (String file : ConsolePages.files()) {
            byte[] bytes = ConsolePages.read(file);
            if (bytes != null && !file.equals(INDEX)) {
                assets.put("/" + file, new Asset(type(file), bytes, packed(bytes)));
            }
        }
    }

    /** A file that pages load; null when the path is none of theirs. */
    @Nullable Reply asset(String path, boolean gzip) {
        if (!path.startsWith(ASSETS)) {
            return null;
        }
        Asset asset = assets.get(path);
        if (asset == null) {
            return Reply.error(NOT_FOUND, "not_found", path + ": there is none");
        }
        // Their names change with their content.
        Reply reply =
                new Reply(OK, asset.type(), Map.of(), gzip ? asset.packed() : asset.plain())
                        .with("Cache-Control", "public, max-age=31536000, immutable")
                        .with("Vary", "Accept-Encoding");
        return gzip ? reply.with("Content-Encoding", "gzip") : reply;
    }

    /** The one page; it reads from its address what to show. */
    Reply page() {
        String nonce = Secrets.token("");
        String html =
                index == null
                        ? "<!doctype html><title>Torimono</title><p>This build has no console: "
                                + escaped(missing)
                                + ".<p>The API is there all the same: see <a href=\"/openapi.json\">"
                                + "/openapi.json</a>."
                        : index.replace(NONCE, nonce);
        return new Reply(
                index == null ? NOT_FOUND : OK,
                "text/html; charset=utf-8",
                Map.of(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
                                + nonce
                                + "'; img-src 'self' blob:; connect-src 'self'; form-action 'self';"
                                + " base-uri 'none'; frame-ancestors 'none'",
                        "Referrer-Policy",
                        "no-referrer",
                        "Cross-Origin-Opener-Policy",
                        "same-origin",
                        "X-Frame-Options",
                        "DENY"),
                html.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "application/octet-stream";
        };
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
