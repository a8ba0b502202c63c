// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version of three numbers. */
public record Version(long major, long minor, long patch) {
    private static final Pattern TEXT =
            Pattern.compile("\\s*(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9}).*", Pattern.DOTALL);

    /** Reads {@code 1.2.3}, whatever follows; null when it does not start so. */
    public static @Nullable Version parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? new Version(
                        Long.parseLong(matcher.group(1)),
                        Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)))
                : null;
    }

    /** Whether this can stand in where another is required: same major, not older. */
    public boolean serves(Version required) {
        return major == required.major
                && (minor > required.minor || (minor == required.minor && patch >= required.patch));
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
