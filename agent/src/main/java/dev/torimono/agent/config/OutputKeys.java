// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import dev.torimono.agent.output.SyslogAddress;
import dev.torimono.agent.output.SyslogMessage;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How alerts look, and where they go on this machine. */
final class OutputKeys {
    static final KeyGroup GROUP = new KeyGroup();
    private static final long MINUTE_MS = 60_000;

    static final Key<Boolean> JSON = GROUP.flag("alerts.json", false, "alerts as Falco's JSON");
    static final Key<Boolean> ISO_TIME =
            GROUP.flag("alerts.iso-time", false, "UTC date and time instead of local time of day");
    static final Key<Boolean> OUTPUT_PROPERTY =
            GROUP.flag("alerts.output", true, "JSON has output");
    static final Key<Boolean> MESSAGE_PROPERTY =
            GROUP.flag("alerts.message", false, "JSON has message");
    static final Key<Boolean> TAGS_PROPERTY = GROUP.flag("alerts.tags", true, "JSON has tags");
    static final Key<Boolean> FIELDS_PROPERTY =
            GROUP.flag("alerts.output-fields", true, "JSON has output_fields");
    static final Key<Boolean> ID_PROPERTY = GROUP.flag("alerts.id", true, "JSON has id");
    static final Key<Boolean> LINEAGE =
            GROUP.key(
                    "alerts.lineage",
                    Kind.FLAG,
                    true,
                    "every ancestor of the process in each alert",
                    "enrich_with_process_lineage");
    static final Key<Map<String, String>> STATIC_FIELDS =
            GROUP.key("alerts.static-fields", Kind.MAP, Map.of(), "put into every output_fields");

    static final Key<Long> QUEUE_CAPACITY =
            GROUP.whole(
                    "outputs.queue-capacity", 4096, 1, 1_000_000, "alerts each output may queue");
    static final Key<Boolean> STDOUT =
            GROUP.flag("outputs.stdout.enabled", true, "alerts to stdout");
    static final Key<Boolean> FILE = GROUP.flag("outputs.file.enabled", false, "alerts to a file");
    static final Key<String> FILE_PATH =
            GROUP.text("outputs.file.path", "/var/log/torimono/alerts.log", "the file");
    static final Key<Long> FILE_MAX_BYTES =
            GROUP.key(
                    "outputs.file.max-bytes",
                    Kind.bytes(0, KeyGroup.TIB),
                    100L << 20,
                    "size at which it is rotated; 0 never");
    static final Key<Long> FILE_KEEP =
            GROUP.whole("outputs.file.keep", 5, 0, 1000, "rotated files to keep");

    static final Key<Boolean> HTTP =
            GROUP.flag("outputs.http.enabled", false, "alerts by HTTP POST");
    static final Key<URI> HTTP_URL =
            GROUP.key(
                    "outputs.http.url",
                    Kind.parsed("an http or https URL", OutputKeys::httpUrl),
                    URI.create("http://127.0.0.1:2801/"),
                    "where to");
    static final Key<String> HTTP_USER_AGENT =
            GROUP.text("outputs.http.user-agent", "torimono", "what we call ourselves");
    static final Key<Map<String, String>> HTTP_HEADERS =
            GROUP.key("outputs.http.headers", Kind.MAP, Map.of(), "further headers");
    static final Key<Long> HTTP_TIMEOUT_MS =
            GROUP.whole("outputs.http.timeout-ms", 5000, 1, MINUTE_MS, "bound of one attempt");
    static final Key<Long> HTTP_ATTEMPTS =
            GROUP.whole("outputs.http.attempts", 5, 1, 100, "how often an alert is tried");
    static final Key<Long> HTTP_BACKOFF_MS =
            GROUP.whole(
                    "outputs.http.backoff-ms", 250, 1, MINUTE_MS, "first wait; doubles up to 30 s");
    static final Key<Boolean> HTTP_COMPRESS =
            GROUP.flag("outputs.http.compress", false, "gzip bodies");
    static final Key<Boolean> HTTP_ECHO = GROUP.flag("outputs.http.echo", false, "log the answers");
    static final Key<Boolean> HTTP_INSECURE =
            GROUP.flag("outputs.http.insecure", false, "accept any certificate");
    static final Key<String> HTTP_CA_FILE =
            GROUP.text(
                    "outputs.http.ca-file", "", "PEM certificates to trust instead of the JDK's");
    static final Key<String> HTTP_CLIENT_CERTIFICATE =
            GROUP.text("outputs.http.client-certificate", "", "PEM chain we show");
    static final Key<String> HTTP_CLIENT_KEY =
            GROUP.text("outputs.http.client-key", "", "PEM private key (PKCS #8) of it");

    static final Key<Boolean> SYSLOG =
            GROUP.flag("outputs.syslog.enabled", false, "alerts to syslog");
    static final Key<SyslogAddress> SYSLOG_ADDRESS =
            GROUP.key(
                    "outputs.syslog.address",
                    Kind.parsed(
                            "unix:/path, udp://host:port or tcp://host:port", SyslogAddress::parse),
                    new SyslogAddress.Unix("/dev/log"),
                    "unix:/path, udp://host:port or tcp://host:port");
    static final Key<SyslogMessage.Standard> SYSLOG_FORMAT =
            GROUP.key(
                    "outputs.syslog.format",
                    Kind.word(SyslogMessage.Standard.class),
                    SyslogMessage.Standard.RFC3164,
                    "rfc3164 or rfc5424");
    static final Key<SyslogMessage.Facility> SYSLOG_FACILITY =
            GROUP.key(
                    "outputs.syslog.facility",
                    Kind.word(SyslogMessage.Facility.class),
                    SyslogMessage.Facility.USER,
                    "user, daemon, auth, authpriv, local0 to local7");

    static final Key<Boolean> PROGRAM =
            GROUP.flag("outputs.program.enabled", false, "alerts to a program's stdin");
    static final Key<String> PROGRAM_COMMAND =
            GROUP.text("outputs.program.command", "", "command line of the shell");
    static final Key<Boolean> PROGRAM_KEEP_ALIVE =
            GROUP.flag("outputs.program.keep-alive", false, "one program reads all alerts");
    static final Key<Long> PROGRAM_TIMEOUT_MS =
            GROUP.whole("outputs.program.timeout-ms", 10_000, 1, MINUTE_MS, "bound of one program");

    static final Key<String> JOURNAL =
            GROUP.text(
                    "journal.file",
                    "/var/lib/torimono/journal.jsonl",
                    "what was told, for what-if and exceptions; empty for no journal");
    static final Key<Long> JOURNAL_MAX_BYTES =
            GROUP.key(
                    "journal.max-bytes",
                    Kind.bytes(0, KeyGroup.TIB),
                    32L << 20,
                    "size at which it is rotated; 0 never");
    static final Key<Long> JOURNAL_KEEP =
            GROUP.whole("journal.keep", 4, 0, 1000, "rotated files to keep");

    private OutputKeys() {}

    private static @Nullable URI httpUrl(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
