// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

/** What is chosen or cleared in a field, as a page hears of it. */
public final class Fields {
    private Fields() {}

    /** A choice of a list, as the browser tells the page of it. */
    public static void choose(Browser browser, String field, String value) {
        set(browser, field, value, "HTMLSelectElement", "change");
    }

    public static void clear(Browser browser, String field) {
        set(browser, field, "", "HTMLInputElement", "input");
    }

    private static void set(
            Browser browser, String field, String value, String kind, String event) {
        browser.await("field " + field, "torimonoTest.focus('field', '" + field + "')");
        browser.script(
                "(() => { const field = document.activeElement;"
                        + " Object.getOwnPropertyDescriptor("
                        + kind
                        + ".prototype, 'value').set.call(field, '"
                        + value
                        + "'); field.dispatchEvent(new Event('"
                        + event
                        + "', {bubbles: true})); return true; })()");
    }
}
