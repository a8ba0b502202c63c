// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import java.util.List;
import java.util.function.Function;

/**
 * One field of scopes.
 *
 * @param name as written
 * @param early whether it is true of a container whose runtime has not answered yet
 * @param values reads it; none when it is missing, several when any of them counts
 */
record ScopeField(String name, boolean early, Function<Place, List<String>> values) {}
