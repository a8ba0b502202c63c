// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A collector, an agent that tells it, a container, and whoever looks at them in a browser. */
final class ConsoleStage implements AutoCloseable {
    private static final Path AXE =
            AgentProcess.root().resolve("console/node_modules/axe-core/axe.min.js");

    final Container test;
    final CollectorProcess collector;
    final AgentProcess agent;
    private final Browsers browsers;

    ConsoleStage(DockerDaemon docker, String name) {
        this.test = docker.sleeper();
        AgentSetup setup = new AgentSetup(docker, name);
        this.collector = CollectorProcess.start(setup.file("collector"));
        this.browsers = new Browsers(setup.file("browser"), collector);
        List<String> options = new ArrayList<>(List.of(setup.options()));
        options.addAll(collector.agentOptions(setup.file("fleet")));
        this.agent = AgentProcess.start(options.toArray(String[]::new));
    }

    /** A page in English, of an administrator who has logged in. */
    Browser admin() {
        return browsers.admin("en");
    }

    /** A page in a language, of an administrator who has logged in. */
    Browser admin(String language) {
        return browsers.admin(language);
    }

    JsonNode policy(String name) {
        return collector
                .call("GET", "/api/v2/policies", "")
                .valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing may be asked of anybody else, and nothing may go wrong unseen. */
    static void checkQuiet(Browser browser) {
        assertThat(browser.strangers()).as("asked of others").isEmpty();
        assertThat(browser.complaints()).as("complaints of the browser").isEmpty();
    }

    /** What axe finds wrong, of any weight. */
    static void checkAccessible(Browser browser, String page) throws IOException {
        browser.script(Files.readString(AXE) + "; 'loaded'");
        checkBy(browser, "", page);
    }

    /** What another theme can break on a page that axe has looked at. */
    static void checkContrast(Browser browser, String page) {
        checkBy(browser, "runOnly: ['color-contrast'], ", page);
    }

    private static void checkBy(Browser browser, String options, String page) {
        JsonNode found =
                browser.script(
                        "axe.run({"
                                + options
                                + "resultTypes: ['violations']}).then(found =>"
                                + " found.violations.map(one => one.id + ': ' + one.nodes"
                                + ".slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))");
        assertThat(found.valueStream().map(JsonNode::asString).toList()).as(page).isEmpty();
    }

    @Override
    public void close() {
        browsers.close();
        agent.close();
        collector.close();
        test.close();
    }
}
