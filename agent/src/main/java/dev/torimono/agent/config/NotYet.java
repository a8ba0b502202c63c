// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys that users of other agents bring along and that this agent does not act on. */
final class NotYet {
    private static final Set<String> OF_A_BACKEND =
            Set.of(
                    "customerid",
                    "collector",
                    "collector_port",
                    "ssl",
                    "ssl_verify_certificate",
                    "sysdig_api_endpoint",
                    "new_k8s",
                    "feature.mode");
    private static final Set<String> WITHOUT_COUNTERPART =
            Set.of(
                    "drift_control.enabled",
                    "drift_killer.enabled",
                    "drift_deny_execution_from_volumes",
                    "security.enabled",
                    "security.k8s_audit_server_enabled",
                    "security.k8s_audit_server_url",
                    "security.k8s_audit_server_port",
                    "malware_control.enabled",
                    "sysdig_capture_enabled",
                    "secure_audit_streams.enabled",
                    "commandlines_capture.enabled",
                    "network_topology.enabled",
                    "falcobaseline.enabled",
                    "rapid_response.enabled");

    private NotYet() {}

    /** Why the key has no effect; null when it is not known at all. */
    static @Nullable String reason(String key) {
        if (OF_A_BACKEND.contains(key)) {
            return "it speaks of a backend that this agent does not use";
        }
        if (WITHOUT_COUNTERPART.contains(key)) {
            return "this version has no such feature";
        }
        return null;
    }
}
