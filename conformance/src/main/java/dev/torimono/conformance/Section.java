// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import tools.jackson.databind.JsonNode;

/** One array of cases of a case file, all of one shape. */
interface Section {
    /** Runs one case. What it throws is a failure of that case. */
    CaseResult run(JsonNode testCase);

    /** A name for people to find the case by. */
    default String name(JsonNode testCase) {
        for (String key : new String[] {"name", "input", "condition", "format", "field"}) {
            JsonNode value = testCase.get(key);
            if (value != null && value.isString()) {
                return value.stringValue();
            }
        }
        return "";
    }
}
