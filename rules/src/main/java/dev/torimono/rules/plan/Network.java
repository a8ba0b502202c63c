// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;

/**
 * A network of addresses.
 *
 * @param address any address in it; 4 or 16 bytes
 * @param prefix how many leading bits its addresses share
 */
record Network(Text address, int prefix) {
    boolean contains(byte[] bytes, int from, int width) {
        if (width != address.length()) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[from + i] != address.at(i)) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((bytes[from + whole] ^ address.at(whole)) & 0xff) >>> (8 - rest) == 0;
    }
}
