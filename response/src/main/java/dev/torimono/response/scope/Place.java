// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import dev.torimono.model.Container;
import org.jspecify.annotations.Nullable;

/**
 * Where something happened.
 *
 * @param host the machine
 * @param container the container; null on the host itself
 */
record Place(HostFacts host, @Nullable Container container) {}
