// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import dev.torimono.collector.event.BadJsonException;
import dev.torimono.collector.query.FilterException;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Takes every request: finds its route, lets the caller in, and turns whatever fails into JSON. */
final class ApiHandler extends Handler.Abstract {
    static final String SESSION = "torimono_session";

    /** No other site can make a browser send it, so it proves that a page of ours asked. */
    private static final String CSRF = "X-Torimono-Csrf";

    /** Below these a path that leads nowhere is an error, and never a page. */
    private static final List<String> API = List.of("/api/", "/secure/", "/fleet/", "/ingest/");

    private static final String BEARER = "Bearer ";
    private static final long ROOM_MS = 10_000;
    private static final int INTERNAL = 500;
    private static final System.Logger LOG = System.getLogger("torimono.web");

    private final Routes routes;
    private final Gate gate;
    private final Audit audit;
    private final WebCounters counters;
    private final Pages pages = new Pages();
    private final BodyRoom room = BodyRoom.ofThisHeap(ROOM_MS);

    ApiHandler(Routes routes, Gate gate, Audit audit, WebCounters counters) {
        this.routes = routes;
        this.gate = gate;
        this.audit = audit;
        this.counters = counters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Reply reply = answer(request);
        counters.count(reply.status());
        if (!RequestBody.drained(request)) {
            // Told, so that the client does not send its next call into a closing connection.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        reply.headers()
                .forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
        Path file = reply.file();
        if (file == null) {
            response.write(true, ByteBuffer.wrap(reply.body()), callback);
        } else {
            send(file, response, callback);
        }
        return true;
    }

    /**
     * A little at a time, as fast as the client takes it; who takes nothing for long is cut off.
     */
    private static void send(Path file, Response response, Callback callback) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            Files.copy(file, out);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "web: a download ended early: " + e.getMessage());
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }

    private Reply answer(Request request) {
        try {
            Reply page = page(request);
            if (page != null) {
                return page;
            }
            Routes.Match match =
                    routes.find(request.getMethod(), Request.getPathInContext(request));
            String token = token(request, match.route());
            Caller caller = gate.admit(match.route().access(), token);
            return answer(match, caller, token, request);
        } catch (ApiException e) {
            Reply reply = failed(e);
            return e.status() == ApiException.UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
        } catch (IOException e) {
            return Reply.error(ApiException.BAD_REQUEST, "bad_request", "the body ended early");
        } catch (RuntimeException e) {
            return fault(request, e);
        }
    }

    private Reply answer(Routes.Match match, Caller caller, String token, Request request)
            throws IOException {
        int maxBytes = match.route().maxBytes();
        if (request.getLength() > maxBytes) {
            throw RequestBody.tooLarge(match.route());
        }
        boolean reads = request.getMethod().equals("GET");
        try (BodyRoom.Place _ = room.enter(reads ? 0 : request.getLength(), maxBytes)) {
            Call call =
                    new Call(
                            caller,
                            Request.getRemoteAddr(request),
                            match.parameters(),
                            query(request),
                            token,
                            RequestBody.read(request, match.route()));
            return answer(match.route(), call, request);
        }
    }

    /** What belongs to the console; null when it is the API that is asked. */
    private @Nullable Reply page(Request request) {
        String path = Request.getPathInContext(request);
        if (!request.getMethod().equals("GET")) {
            return null;
        }
        Reply asset = pages.asset(path, accepts(request, HttpHeader.ACCEPT_ENCODING, "gzip"));
        if (asset != null) {
            return asset;
        }
        boolean page =
                !routes.has(path)
                        && API.stream().noneMatch(path::startsWith)
                        && (path.equals("/") || accepts(request, HttpHeader.ACCEPT, "text/html"));
        return page ? pages.page() : null;
    }

    private static boolean accepts(Request request, HttpHeader header, String what) {
        String value = request.getHeaders().get(header);
        return value != null && value.contains(what);
    }

    private Reply answer(Route route, Call call, Request request) {
        Reply reply;
        try {
            reply = route.endpoint().answer(call);
        } catch (ApiException e) {
            reply = failed(e);
        } catch (BadJsonException | FilterException e) {
            reply = Reply.error(ApiException.BAD_REQUEST, "bad_request", text(e));
        } catch (StoreBusyException e) {
            reply = Reply.error(ApiException.UNAVAILABLE, "busy", text(e)).with("Retry-After", "1");
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.ERROR, text(e));
            reply = Reply.error(ApiException.UNAVAILABLE, "store_failed", text(e));
        } catch (RuntimeException e) {
            reply = fault(request, e);
        }
        if (route.audited() && call.caller().role() != null) {
            audit.record(
                    call.caller().name(),
                    call.address(),
                    request.getMethod(),
                    Request.getPathInContext(request),
                    reply.status(),
                    reply.detail());
        }
        return reply;
    }

    private static Reply failed(ApiException e) {
        return Reply.error(e.status(), e.code(), text(e));
    }

    /** A fault of ours: the log has the whole, the client a number to find it by. */
    private Reply fault(Request request, RuntimeException e) {
        if (e.getCause() instanceof TimeoutException || e.getCause() instanceof EofException) {
            return Reply.error(RequestBody.TIMEOUT, "timeout", "the body did not come in time");
        }
        String number = Long.toHexString(System.nanoTime());
        LOG.log(
                System.Logger.Level.ERROR,
                "web: " + request.getMethod() + ": internal error " + number,
                e);
        return Reply.error(
                INTERNAL, "internal_error", "internal error " + number + "; the log tells more");
    }

    private static String text(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new HashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValue());
            }
        } catch (RuntimeException e) {
            throw ApiException.badRequest("query: cannot be read: " + e.getMessage());
        }
        return query;
    }

    private static String token(Request request, Route route) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(SESSION)) {
                boolean changes = !request.getMethod().equals("GET");
                if (changes
                        && route.access() != Access.PUBLIC
                        && !request.getHeaders().contains(CSRF)) {
                    throw new ApiException(
                            ApiException.FORBIDDEN, "csrf", "this needs the header " + CSRF);
                }
                return cookie.getValue();
            }
        }
        return "";
    }
}
