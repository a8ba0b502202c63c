// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static dev.torimono.e2e.ConsoleStage.checkAccessible;
import static dev.torimono.e2e.ConsoleStage.checkQuiet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.torimono.e2e.browser.Browser;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.LargeTree;
import dev.torimono.e2e.fixture.NeedsPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process tree of two thousand, all of it unfolded, in a browser. */
@NeedsPrograms(Browser.PROGRAM)
class ConsoleTreeScenario {
    private static final int PROCESSES = 2_000;

    /** What a window of 1440 × 900 has room for, and the tree's surroundings. */
    private static final int IN_VIEW = 400;

    private static final String BOXES = "document.querySelectorAll('.box').length";

    @TempDir private Path folder = Path.of("");

    @Test
    void twoThousandProcessesAreUnfoldedWalkedAndFound() throws IOException {
        CollectorProcess collector = CollectorProcess.start(folder.resolve("data"));
        try (Browser browser = new Browsers(folder, collector).another("en")) {
            collector.tell(collector.enrol("speed"), LargeTree.lines(Instant.now(), PROCESSES));
            String event = collector.awaitEvent(LargeTree.FILTER).path("id").asString("");
            browser.open("/events/" + event);
            browser.awaitText("2,000 processes");
            unfold(browser);
            walk(browser);
            find(browser);
            fromAfar(browser);
            asTable(browser);
            checkQuiet(browser);
        } finally {
            collector.close();
        }
    }

    private static int count(Browser browser, String what) {
        return browser.script(what).asInt(-1);
    }

    /** The process that the panel tells of, and whose box lies in view. */
    private static void awaitChosen(Browser browser, String name) {
        browser.await(
                name + " in the panel and in view",
                """
                (() => {
                  const head = document.querySelector('.node-panel h3');
                  const box = document.querySelector('.box.chosen > rect');
                  if (!head?.innerText.startsWith('%s') || !box) return false;
                  const a = box.getBoundingClientRect();
                  const b = document.querySelector('.tree-stage > svg').getBoundingClientRect();
                  return a.left >= b.left && a.top >= b.top && a.right <= b.right + 1
                    && a.bottom <= b.bottom + 1;
                })()"""
                        .formatted(name));
    }

    /** What one looked at stays where it was; what is out of view is not in the document. */
    private static void unfold(Browser browser) {
        String place =
                "document.querySelector('.box.focus > rect').getBoundingClientRect().y"
                        + " - document.querySelector('.tree-stage').getBoundingClientRect().y";
        double before = browser.script(place).asDouble(-1);
        browser.click("button", "Unfold all (u)");
        browser.await("no folds", "document.querySelectorAll('.fold').length === 0");
        assertThat(count(browser, BOXES)).isBetween(10, IN_VIEW);
        assertThat(browser.script(place).asDouble(-2)).isCloseTo(before, within(1.0));
    }

    private static void walk(Browser browser) {
        browser.script("document.querySelector('[role=tree]').focus(); true");
        browser.press("ArrowLeft");
        awaitChosen(browser, "p10");
        browser.press("ArrowDown");
        awaitChosen(browser, "p11");
        // Every generation to its end and back: p11, p110, p1100.
        browser.press("ArrowRight");
        awaitChosen(browser, "p110");
        browser.press("ArrowRight");
        awaitChosen(browser, "p1100");
        for (int i = 0; i < 25; i++) {
            browser.press("ArrowDown");
        }
        awaitChosen(browser, "p1125");
        assertThat(count(browser, BOXES)).isBetween(10, IN_VIEW);
        browser.drag(".tree-stage > svg", 0.8, 0.2);
        assertThat(count(browser, BOXES)).isBetween(2, IN_VIEW);
        browser.press("Escape");
    }

    private static void find(Browser browser) throws IOException {
        browser.press("/");
        browser.type("Find a process (/)", "p1999");
        browser.press("Enter");
        awaitChosen(browser, "p1999");
        checkAccessible(browser, "a tree of two thousand");
        browser.press("Escape");
        browser.script("document.querySelector('[role=tree]').focus(); true");
        browser.press("u");
        browser.await("folds again", "document.querySelectorAll('.fold').length > 0");
        browser.press("u");
    }

    /** Small, it is a few shapes; what is pointed at comes close. */
    private static void fromAfar(Browser browser) throws IOException {
        browser.press("f");
        browser.await("a shape", "document.querySelector('.far-boxes.plain') !== null");
        assertThat(count(browser, "document.querySelectorAll('.tree-stage *').length"))
                .isLessThan(IN_VIEW);
        assertThat(
                        count(
                                browser,
                                "document.querySelector('.far-boxes.plain').getAttribute('d')"
                                        + ".match(/M/g).length"))
                .isEqualTo(PROCESSES - 1);
        checkAccessible(browser, "a tree from afar");
        browser.drag(".tree-stage > svg", 0.5, 0.5);
        browser.await("boxes again", BOXES + " > 10");
        browser.await("one of them chosen", "document.querySelector('.box.chosen') !== null");
    }

    private static void asTable(Browser browser) {
        browser.click("button", "More");
        browser.click("menuitem", "As a table");
        browser.click("button", "Show more (1,700 left)");
        browser.await(
                "six hundred rows", "document.querySelectorAll('.tree tbody tr').length === 600");
    }
}
