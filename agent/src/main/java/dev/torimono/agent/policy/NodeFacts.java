// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.response.decision.Capabilities;
import dev.torimono.response.decision.Capabilities.Killing;
import dev.torimono.response.decision.Capabilities.Prevention;
import dev.torimono.response.scope.HostFacts;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What policies ask of this machine, and what it can do for them. */
public final class NodeFacts {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** How node names reach pods: the downward API, by the names that charts use. */
    private static final List<String> NODE_VARIABLES =
            List.of("TORIMONO_NODE_NAME", "NODE_NAME", "K8S_NODE_NAME", "KUBERNETES_NODE_NAME");

    private NodeFacts() {}

    /** The machine's own name. */
    public static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (java.io.IOException e) {
            return "";
        }
    }

    /** What scopes ask of the machine. */
    public static HostFacts host(
            AgentConfig config, String hostname, Map<String, String> environment, Log log) {
        List<String> addresses = new ArrayList<>();
        List<String> macs = new ArrayList<>();
        try {
            for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
                byte[] mac = card.getHardwareAddress();
                if (mac != null) {
                    macs.add(HexFormat.ofDelimiter(":").formatHex(mac));
                }
                card.inetAddresses()
                        .filter(InetAddress::isSiteLocalAddress)
                        .map(InetAddress::getHostAddress)
                        .forEach(addresses::add);
            }
        } catch (SocketException e) {
            log.warn("policies: host.ip and host.mac are not known: " + e.getMessage());
        }
        String node =
                NODE_VARIABLES.stream()
                        .map(name -> environment.getOrDefault(name, ""))
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse("");
        return new HostFacts(
                hostname,
                addresses,
                macs,
                config.alerts().shape().cluster(),
                node,
                config.alerts().shape().agentTags());
    }

    /**
     * What this machine can do.
     *
     * @param prevention how an exec can be refused, as the sensor found out
     * @param killing how a process can be ended, as the sensor found out
     * @param ignoreContainers whether containers are to be left alone
     */
    public static Capabilities node(
            Prevention prevention,
            Killing killing,
            List<Path> dockerSockets,
            boolean ignoreContainers) {
        boolean containers =
                dockerSockets.stream().anyMatch(Files::exists) || Files.isDirectory(CGROUPS);
        return new Capabilities(prevention, killing, containers, true, ignoreContainers);
    }
}
