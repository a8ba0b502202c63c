// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import dev.torimono.agent.activity.Deed.Kind;
import dev.torimono.agent.format.JsonWriter;
import dev.torimono.model.Ancestor;
import java.util.List;
import java.util.Map;

/** What a tree did, as it is told to the collector. */
final class ActivityJson {
    /** What is longer is for nobody to read in a tree. */
    private static final int MAX_CMDLINE_CHARS = 2000;

    private ActivityJson() {}

    /**
     * @param place short id of the container, or {@code host}
     * @param leftOut how much was not told, by kind
     */
    static byte[] of(String place, long nowNs, List<Watch.Line> lines, Map<String, Long> leftOut) {
        JsonWriter json = new JsonWriter().beginObject().name("activity").beginObject();
        json.name("container").string(place);
        json.name("deeds").beginArray();
        lines.forEach(line -> line(json, line));
        json.endArray();
        json.name("left_out").value(leftOut);
        json.name("time").number(nowNs);
        return json.endObject().endObject().toBytes();
    }

    private static void line(JsonWriter json, Watch.Line line) {
        Deed deed = line.deed();
        Ancestor who = line.who();
        json.beginObject();
        json.name("kind").string(deed.kind().label());
        json.name("time").number(deed.timeNs());
        process(json, who);
        Ancestor parent = line.parent();
        if (parent != null) {
            json.name("parent").beginObject();
            process(json, parent);
            json.endObject();
        }
        if (deed.kind() == Kind.EXIT) {
            json.name("status").number(deed.status());
        }
        if (!deed.detail().isEmpty()) {
            json.name(deed.kind() == Kind.WRITE ? "path" : "peer").string(deed.detail());
            json.name("count").number(line.count());
        }
        if (deed.kind() == Kind.CONNECT) {
            json.name("protocol").string(deed.protocol());
            json.name("direction").string(deed.incoming() ? "in" : "out");
        }
        json.endObject();
    }

    private static void process(JsonWriter json, Ancestor who) {
        json.name("cmdline").string(cut(who.cmdline()));
        json.name("container").string(who.containerId());
        json.name("exe").string(who.exe());
        json.name("name").string(who.name());
        json.name("pid").number(who.pid());
        json.name("start").number(who.startTimeNs());
        json.name("start_ns").number(who.startNs());
        json.name("tty").string(who.tty());
        json.name("uid").number(who.uid());
        json.name("user").string(who.user());
        json.name("vpid").number(who.vpid());
    }

    private static String cut(String text) {
        return text.length() <= MAX_CMDLINE_CHARS ? text : text.substring(0, MAX_CMDLINE_CHARS);
    }
}
