// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.sensor.seccomp.CoverNotice;
import dev.torimono.sensor.seccomp.Covered;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells which programs are seen, and alerts when one is not. The pipeline's thread. */
final class CoverWatch implements Consumer<CoverNotice> {
    static final String UNSEEN = "Torimono internal: program runs unseen";
    static final String PASSED = "Torimono internal: calls passed unjudged";
    static final String KEEPER = "Torimono internal: keeper ended";
    static final String OUTSIDER = "Torimono internal: process runs unseen";

    private final String hostname;
    private final Log log;
    private @Nullable Consumer<Alert> sink;

    CoverWatch(String hostname, Log log) {
        this.hostname = hostname;
        this.log = log;
    }

    void begin(Consumer<Alert> alerts) {
        sink = alerts;
    }

    @Override
    public void accept(CoverNotice notice) {
        Covered of = notice.covered();
        switch (notice) {
            case CoverNotice.Seen(_, boolean again) ->
                    log.info("sensor: " + name(of) + (again ? ": seen again" : ": seen"));
            case CoverNotice.Uncovered _ ->
                    tell(
                            UNSEEN,
                            Priority.CRITICAL,
                            of,
                            0,
                            name(of)
                                    + " was begun while there was no agent: it runs unseen until"
                                    + " it is begun anew");
            case CoverNotice.Refused(_, String why) ->
                    tell(UNSEEN, Priority.CRITICAL, of, 0, name(of) + " is not seen: " + why);
            case CoverNotice.Passed(_, long calls) ->
                    tell(
                            PASSED,
                            Priority.WARNING,
                            of,
                            calls,
                            name(of)
                                    + ": "
                                    + calls
                                    + " calls were let pass while the agent was away or slow");
            case CoverNotice.Outsider by ->
                    tell(
                            OUTSIDER,
                            Priority.WARNING,
                            new Covered(of.container(), of.containerId(), by.exe(), by.pid()),
                            0,
                            outsider(by));
            case CoverNotice.KeeperGone _ ->
                    tell(
                            KEEPER,
                            Priority.WARNING,
                            of,
                            0,
                            name(of)
                                    + " has lost its keeper: should the agent end, its calls will"
                                    + " fail");
        }
    }

    private static String outsider(CoverNotice.Outsider by) {
        return name(by.covered())
                + ": process "
                + by.pid()
                + " of user "
                + by.uid()
                + " was not begun by the launcher (docker exec, a health check): what it does is not"
                + " seen: "
                + by.commandLine();
    }

    private static String name(Covered of) {
        String in = of.container().isEmpty() ? of.containerId() : of.container();
        return (in.isEmpty() ? "" : "container " + in + ", ") + "program " + of.program();
    }

    private void tell(String rule, Priority priority, Covered of, long calls, String message) {
        log.warn("sensor: " + message);
        Consumer<Alert> alerts = sink;
        if (alerts == null) {
            return;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("cover.container", of.container());
        fields.put("cover.container_id", of.containerId());
        fields.put("cover.program", of.program());
        fields.put("cover.pid", of.pid());
        fields.put("cover.calls", calls);
        Instant now = Instant.now();
        Finding finding = Finding.internal(rule, priority, now, rule + " | " + message, fields);
        alerts.accept(new Alert(finding, hostname, List.of()));
    }
}
