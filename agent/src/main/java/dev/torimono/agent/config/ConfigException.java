// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.AgentException;
import java.util.List;

/** The configuration cannot be used: every complaint, each with its place. */
public final class ConfigException extends AgentException {
    private static final long serialVersionUID = 1L;

    ConfigException(List<String> complaints) {
        super(Reason.CONFIG, String.join("\n", complaints));
    }
}
