// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Knows which class runs which section; this is where a new shape of cases is added. */
final class Sections {
    private final JsonNode file;
    private final Path folder;

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

    /** The runner of a section; null for one of unknown shape. */
    @Nullable Section of(String name) {
        return switch (name) {
            case "parse" -> new ParseCases();
            case "cases" -> new LoaderCases();
            case "compile" -> new CompileCases();
            case "event_types" -> new EventTypeCases();
            case "condition" -> new ConditionCases(file);
            case "field" -> new FieldCases(file);
            case "format" -> new FormatCases(file);
            case "capture_condition" -> new CaptureConditionCases(file.path(name), folder);
            case "alert" -> new AlertCases(folder);
            default -> null;
        };
    }

    JsonNode file() {
        return file;
    }

    Path folder() {
        return folder;
    }
}
