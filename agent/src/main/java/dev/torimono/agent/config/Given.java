// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A value as someone gave it, before it is understood.
 *
 * @param key full dotted name, as written
 * @param value the value
 * @param keyPlace where the key stands
 * @param valuePlace where the value stands
 */
record Given(String key, Node value, Place keyPlace, Place valuePlace) {}
