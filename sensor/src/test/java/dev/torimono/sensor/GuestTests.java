// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in a guest, which has no Maven: their names are the arguments. */
final class GuestTests {
    private GuestTests() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                Arrays.stream(classes)
                                        .map(name -> GuestTests.class.getPackageName() + "." + name)
                                        .map(DiscoverySelectors::selectClass)
                                        .toList())
                        .build();
        SummaryGeneratingListener summing = new SummaryGeneratingListener();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        LauncherFactory.create().execute(request, summing, new Words(out));
        TestExecutionSummary summary = summing.getSummary();
        summary.printFailuresTo(out, 12);
        out.printf(
                "guest tests: %d passed, %d failed, %d skipped%n",
                summary.getTestsSucceededCount(),
                summary.getTotalFailureCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
        System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
    }

    /** A skip is told with its reason, a failure at once: a guest may be ended before the rest. */
    private record Words(PrintWriter out) implements TestExecutionListener {
        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            out.println("skipped " + test.getDisplayName() + ": " + reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            String why = result.getThrowable().map(Throwable::toString).orElse("");
            switch (result.getStatus()) {
                case ABORTED -> out.println("skipped " + test.getDisplayName() + ": " + why);
                case FAILED -> out.println("failed " + test.getDisplayName() + ": " + why);
                case SUCCESSFUL -> {}
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            out.println(entry);
        }
    }
}
