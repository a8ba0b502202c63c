// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An output of which the container's part is still to come.
 *
 * @param texts text of each token, null where it depends on the container
 * @param fields fields as known at the event
 */
public record OpenOutput(List<@Nullable String> texts, Map<String, @Nullable Object> fields) {
    public OpenOutput {
        texts = Collections.unmodifiableList(new ArrayList<>(texts));
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
