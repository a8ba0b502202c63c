// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Knows which class runs which section; this is where a new shape of cases is added. */
final class Sections {
    private final JsonNode file;
    private final Path folder;
    private final Map<String, Section> made = new HashMap<>();

    /**
     * For one case file.
     *
     * @param file its content, for what its cases share
     * @param folder the folder it is in, for captures
     */
    Sections(JsonNode file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * The runner of a case; null for one of unknown shape.
     *
     * @param name its section's, which decides where it is known
     */
    @Nullable Section of(String name, JsonNode testCase) {
        Section section = of(name);
        return section != null ? section : of(sectionOf(testCase));
    }

    /** The runner of a section; null for one of unknown name. */
    @Nullable Section of(String name) {
        Section section = made.get(name);
        if (section == null) {
            section = make(name);
            if (section != null) {
                made.put(name, section);
            }
        }
        return section;
    }

    /** The name of the section that cases of this shape usually stand in. */
    private static String sectionOf(JsonNode testCase) {
        String kind = testCase.path("kind").asString("");
        if (!kind.isEmpty()) {
            return kind.equals("boolean") ? "condition" : kind.replace('-', '_');
        }
        return testCase.has("files")
                ? "cases"
                : testCase.has("valid")
                        ? "parse"
                        : testCase.has("compiles")
                                ? "compile"
                                : testCase.has("n_event_codes") || testCase.has("throws")
                                        ? "event_types"
                                        : "";
    }

    private @Nullable Section make(String name) {
        return switch (name) {
            case "parse" -> new ParseCases();
            case "cases" -> new LoaderCases();
            case "compile" -> new CompileCases();
            case "event_types" -> new EventTypeCases();
            case "condition" -> new ConditionCases(file);
            case "field" -> new FieldCases(file);
            case "format" -> new FormatCases(file);
            case "capture_condition" -> new CaptureConditionCases(captureCases(), folder);
            case "alert" -> new AlertCases(folder);
            default -> null;
        };
    }

    /** All cases over captures, wherever in the file they stand: one replay serves them all. */
    private List<JsonNode> captureCases() {
        List<JsonNode> cases = new ArrayList<>();
        for (JsonNode section : file.isArray() ? List.of(file) : List.copyOf(file.values())) {
            if (section.isArray()) {
                section.forEach(
                        each -> {
                            if (each.has("capture") && each.has("condition")) {
                                cases.add(each);
                            }
                        });
            }
        }
        return cases;
    }

    JsonNode file() {
        return file;
    }

    Path folder() {
        return folder;
    }
}
