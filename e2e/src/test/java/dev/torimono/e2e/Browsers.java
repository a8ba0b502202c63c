// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Browsers on the console of one collector. */
final class Browsers implements AutoCloseable {
    private final Path folder;
    private final CollectorProcess collector;
    private final Map<String, Browser> admins = new HashMap<>();
    private int count;

    /**
     * @param folder for their profiles
     */
    Browsers(Path folder, CollectorProcess collector) {
        this.folder = folder;
        this.collector = collector;
    }

    /**
     * A page at the console's beginning, in the one browser of a language in which the
     * administrator has logged in: to start one and log in takes as long as most tests.
     */
    Browser admin(String language) {
        Browser page = admins.computeIfAbsent(language, this::another).tab();
        page.open("/");
        awaitPlaces(page);
        return page;
    }

    /** A browser of its own in which the administrator has logged in. */
    Browser another(String language) {
        return another(language, "admin", collector.adminPassword());
    }

    /** A browser of its own in which somebody has logged in. */
    Browser another(String language, String account, String password) {
        Browser browser =
                new Browser(
                        folder.resolve(language + ++count),
                        collector.uri(),
                        collector.certificate(),
                        language);
        boolean japanese = language.equals("ja");
        browser.open("/");
        browser.type(japanese ? "アカウント" : "Account", account);
        browser.type(japanese ? "パスワード" : "Password", password);
        browser.click("button", japanese ? "ログイン" : "Log in");
        awaitPlaces(browser);
        return browser;
    }

    private static void awaitPlaces(Browser browser) {
        browser.await("the places", "document.querySelector('.rail') !== null");
    }

    @Override
    public void close() {
        admins.values().forEach(Browser::close);
    }
}
