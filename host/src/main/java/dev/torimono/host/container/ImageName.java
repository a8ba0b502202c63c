// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

/**
 * An image reference taken apart: {@code registry:port/name:tag@digest}, everything but the name
 * optional.
 *
 * @param repository registry, port and name
 * @param tag empty when none is given
 * @param digest {@code sha256:…}; empty when none is given
 */
public record ImageName(String repository, String tag, String digest) {
    public static ImageName parse(String reference) {
        String rest = reference;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        int colon = rest.lastIndexOf(':');
        // A colon before the last slash belongs to the registry's port.
        if (colon > rest.lastIndexOf('/')) {
            return new ImageName(rest.substring(0, colon), rest.substring(colon + 1), digest);
        }
        return new ImageName(rest, "", digest);
    }
}
