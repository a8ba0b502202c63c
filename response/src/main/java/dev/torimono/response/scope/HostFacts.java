// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import java.util.List;
import java.util.Map;

/**
 * What scopes can ask of the machine and its agent.
 *
 * @param hostname name of the host
 * @param addresses its private addresses
 * @param macs its hardware addresses
 * @param cluster name of the Kubernetes cluster; empty outside one
 * @param node name of the Kubernetes node; empty outside one
 * @param tags tags of the agent
 */
public record HostFacts(
        String hostname,
        List<String> addresses,
        List<String> macs,
        String cluster,
        String node,
        Map<String, String> tags) {
    public HostFacts {
        addresses = List.copyOf(addresses);
        macs = List.copyOf(macs);
        tags = Map.copyOf(tags);
    }

    /** Of a machine of which only the name is known. */
    public static HostFacts named(String hostname) {
        return new HostFacts(hostname, List.of(), List.of(), "", "", Map.of());
    }
}
