// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that can be configured.
 *
 * @param name {@code lower-dash.dotted}
 * @param kind how its values are read
 * @param fallback its value when nobody gives one
 * @param shown the fallback as one would write it
 * @param meaning one line for people
 * @param aliases names that other products' users know it by
 */
record Key<T>(
        String name, Kind<T> kind, T fallback, String shown, String meaning, List<String> aliases) {

    /** The environment variable that sets it. */
    String variable() {
        return "TORIMONO_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
