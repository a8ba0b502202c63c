// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

/** Who else may speak to the agent: root on this machine, and a collector. */
final class FleetKeys {
    static final KeyGroup GROUP = new KeyGroup();

    static final Key<String> CONTROL_SOCKET =
            GROUP.text(
                    "control.socket",
                    "/run/torimono/agent.sock",
                    "where root talks to the agent; empty for nowhere");
    static final Key<String> AUDIT_FILE =
            GROUP.text(
                    "control.audit-file",
                    "/var/log/torimono/audit.jsonl",
                    "every manual response, with who asked");
    static final Key<String> QUARANTINE =
            GROUP.text("control.quarantine", "/var/lib/torimono/quarantine", "files taken away");
    static final Key<String> FLEET_COLLECTOR =
            GROUP.text(
                    "fleet.collector",
                    "",
                    "URL of the collector this agent reports to; empty for none");
    static final Key<String> FLEET_ACCESS_KEY =
            GROUP.text("fleet.access-key", "", "key to enrol with; better in a file");
    static final Key<String> FLEET_ACCESS_KEY_FILE =
            GROUP.text("fleet.access-key-file", "", "file that holds the key");
    static final Key<String> FLEET_FINGERPRINT =
            GROUP.text(
                    "fleet.fingerprint", "", "SHA-256 of the collector's certificate, to trust it");
    static final Key<String> FLEET_CA_FILE =
            GROUP.text("fleet.ca-file", "", "PEM certificates to trust instead of the JDK's");
    static final Key<String> FLEET_FOLDER =
            GROUP.text("fleet.folder", "/var/lib/torimono/agent", "identity, policies and spool");
    static final Key<Long> FLEET_SPOOL_BYTES =
            GROUP.key(
                    "fleet.spool-max-bytes",
                    Kind.bytes(1L << 20, KeyGroup.TIB),
                    64L << 20,
                    "room for alerts that are not delivered yet");
    static final Key<Boolean> FLEET_ACTIVITY =
            GROUP.flag("fleet.activity", true, "tell the collector what the trees of alerts do");
    static final Key<Boolean> FLEET_RESPONSES =
            GROUP.flag("fleet.responses", true, "do what people ask for at the collector");

    private FleetKeys() {}
}
