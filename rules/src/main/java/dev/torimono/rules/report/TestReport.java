// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.check.RuleTest;
import java.util.ArrayList;
import java.util.List;

/** How tests of rules went. */
public final class TestReport {
    private final List<RuleTest.Result> failed = new ArrayList<>();
    private int passed;

    /** Notes one more result. */
    public void add(RuleTest.Result result) {
        if (result.passed()) {
            passed++;
        } else {
            failed.add(result);
        }
    }

    public boolean allPassed() {
        return failed.isEmpty();
    }

    /** Each failed test with what differs, then how many there were. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (RuleTest.Result result : failed) {
            text.append(result.position()).append(": failed: ").append(result.test()).append('\n');
            result.differences().forEach(each -> text.append("  ").append(each).append('\n'));
        }
        return text.append(passed + " passed, " + failed.size() + " failed\n").toString();
    }

    /** {@code {"passed": N, "failed": N, "failures": […]}}. */
    public String json() {
        JsonText json = new JsonText();
        json.open().member("passed", passed).member("failed", failed.size()).key("failures");
        json.array(
                failed,
                result ->
                        json.open()
                                .member("test", result.test())
                                .member("file", result.position().file())
                                .member("line", result.position().line())
                                .member("differences", result.differences())
                                .close());
        return json.close().toString();
    }
}
