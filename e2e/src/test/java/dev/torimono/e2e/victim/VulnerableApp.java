// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.victim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A web application that executes what it is sent ({@code POST /exec}, {@code command=…}): the
 * classic target. Runs inside a container on a mounted JDK and prints the port it listens on.
 */
public final class VulnerableApp {
    private VulnerableApp() {}

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/exec", VulnerableApp::execute);
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private static void execute(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String command =
                URLDecoder.decode(body.replaceFirst("^command=", ""), StandardCharsets.UTF_8);
        Process process =
                new ProcessBuilder("/bin/bash", "-c", command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        exchange.sendResponseHeaders(200, output.length == 0 ? -1 : output.length);
        exchange.getResponseBody().write(output);
        exchange.close();
    }
}
