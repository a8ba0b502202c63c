// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference cases, where they are at hand, for tests. */
final class CaseFiles {
    private CaseFiles() {}

    static Path folder() {
        Path root = Path.of(System.getProperty("torimono.root", ".."));
        Path folder = root.resolve("../shared/conformance").normalize();
        assumeTrue(Files.isDirectory(folder), "../shared is absent");
        return folder;
    }

    /** What fails in one section of a file, described. */
    static List<String> failures(String file, String section) throws IOException {
        Path folder = folder();
        JsonNode root = JsonMapper.shared().readTree(folder.resolve(file));
        Section runner = new Sections(root, folder).of(section);
        if (runner == null) {
            return List.of("no runner for " + section);
        }
        List<String> failures = new ArrayList<>();
        for (JsonNode testCase : root.get(section)) {
            if (runner.run(testCase) instanceof CaseResult.Failed f) {
                StringWriter text = new StringWriter();
                text.append(runner.name(testCase)).append("\n  expected ").append(f.expected());
                failures.add(text.append("\n  got      ").append(f.got()).toString());
            }
        }
        return failures;
    }
}
