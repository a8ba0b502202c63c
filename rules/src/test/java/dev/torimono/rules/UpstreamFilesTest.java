// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule files of others, as they are. */
class UpstreamFilesTest {
    private static Path folder(String name) {
        Path folder =
                Path.of(System.getProperty("torimono.root", ".."))
                        .resolve("../shared/falco")
                        .resolve(name)
                        .normalize();
        assumeTrue(Files.isDirectory(folder), "../shared is absent");
        return folder;
    }

    private static LoadResult load(List<Path> paths) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(RuleFile.read(path));
        }
        return new RuleLoader(LoadOptions.DEFAULT).load(files);
    }

    @Test
    void upstreamsOwnFilesLoadWhole() throws IOException {
        Path folder = folder("rules");
        LoadResult result =
                load(
                        List.of(
                                folder.resolve("falco_rules.yaml"),
                                folder.resolve("falco-incubating_rules.yaml"),
                                folder.resolve("falco-sandbox_rules.yaml")));
        assertThat(result.report().text()).isEqualTo("93 rules, 0 errors, 0 warnings\n");
        assertThat(result.ruleset().rules()).noneMatch(Rule::dormant);
    }

    /** Each alone; empty when it is accepted. */
    @ParameterizedTest
    @CsvSource({
        "01, LOAD_ERR_VALIDATE, 3",
        "08, LOAD_ERR_VALIDATE, 0",
        "13, LOAD_ERR_YAML_PARSE, 0",
        "14, LOAD_ERR_YAML_VALIDATE, 0",
        "15, LOAD_ERR_YAML_VALIDATE, 0",
        "16, LOAD_ERR_YAML_VALIDATE, 0",
        "17, '', 1",
        "20, '', 11",
        "24, LOAD_ERR_VALIDATE, 0",
        "25, LOAD_ERR_YAML_VALIDATE, 0",
        "27, LOAD_ERR_VALIDATE, 0",
        "41, '', 52",
        "44, LOAD_ERR_YAML_VALIDATE, 0",
        "45, LOAD_ERR_VALIDATE, 7",
        "51, LOAD_ERR_YAML_VALIDATE, 0",
        "52, LOAD_ERR_YAML_VALIDATE, 0",
    })
    void filesOfOthersAreAcceptedOrRefusedForTheReasonUpstreamGives(
            String prefix, String firstError, int rules) throws IOException {
        LoadReport report = load(List.of(only(prefix))).report();
        String code = report.ok() ? "" : report.errors().getFirst().code().name();
        assertThat(code).as(report.text()).isEqualTo(firstError);
        assertThat(report.rules()).isEqualTo(rules);
    }

    private static Path only(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder("thirdparty"))) {
            return files.filter(path -> String.valueOf(path.getFileName()).startsWith(prefix + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
