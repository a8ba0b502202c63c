// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.capture.CaptureHost;
import dev.torimono.host.capture.Placing;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.sensor.scap.ReplaySensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** State rebuilt from captures is the state that upstream had after the same events. */
class CaptureStateTest {
    private static final Set<String> COMPARED_FIELDS =
            Set.of("fd.num", "fd.name", "fd.connected", "fd.name_changed", "fd.ino", "evt.num");

    /** As many as a snapshot lists. */
    private static final int MOST_ANCESTORS = 8;

    @TestFactory
    Stream<DynamicTest> stateAfterAnEventIsUpstreams() {
        Path folder = CaseFiles.folder();
        JsonNode events =
                JsonMapper.shared().readTree(folder.resolve("cases-eval.json")).get("events");
        Map<String, Map<Long, JsonNode>> byCapture = new TreeMap<>();
        for (JsonNode snapshot : events) {
            String[] origin = snapshot.get("origin").stringValue().split(" ");
            if (origin[0].equals("capture")) {
                byCapture
                        .computeIfAbsent(origin[1], _ -> new HashMap<>())
                        .put(Long.parseLong(origin[3]), snapshot);
            }
        }
        return byCapture.entrySet().stream()
                .map(
                        e ->
                                DynamicTest.dynamicTest(
                                        e.getKey(),
                                        () ->
                                                assertThat(
                                                                differences(
                                                                        folder,
                                                                        e.getKey(),
                                                                        e.getValue()))
                                                        .isEmpty()));
    }

    private static List<String> differences(
            Path folder, String capture, Map<Long, JsonNode> snapshots) {
        List<String> differences = new ArrayList<>();
        CaptureHost host = new CaptureHost(Placing.HOST);
        Path file = folder.resolve("data/scap").resolve(capture);
        try (ReplaySensor sensor = ReplaySensor.open(file, host::begin)) {
            int handed = 0;
            while (handed >= 0) {
                handed =
                        sensor.poll(
                                event -> {
                                    Observation o = host.observe(event);
                                    JsonNode expected = snapshots.get(event.number());
                                    if (o != null && expected != null) {
                                        compare(o, expected, differences);
                                    }
                                },
                                0);
            }
        }
        return differences;
    }

    private static void compare(Observation o, JsonNode snapshot, List<String> differences) {
        JsonNode expected = snapshot.get("event");
        Event event = o.event();
        String at = event.number() + " " + event.type() + ": ";
        Task task = o.task();
        if (task != null && expected.has("thread")) {
            compareTask(at + "thread ", task, expected.get("thread"), differences);
            List<Long> ancestors = new ArrayList<>();
            for (Task up = task.ancestor(1);
                    up != null && ancestors.size() < MOST_ANCESTORS;
                    up = up.ancestor(1)) {
                ancestors.add(up.tid());
            }
            List<Long> expectedAncestors = new ArrayList<>();
            for (JsonNode up : expected.get("ancestors")) {
                expectedAncestors.add(up.get("tid").longValue());
            }
            check(at + "ancestors", expectedAncestors, ancestors, differences);
            int distance = 1;
            for (JsonNode up : expected.get("ancestors")) {
                Task ancestor = task.ancestor(distance++);
                if (ancestor != null) {
                    compareTask(at + "ancestor ", ancestor, up, differences);
                }
            }
            if (expected.has("fds")) {
                check(at + "fds", fds(expected.get("fds")), fds(o, task), differences);
            }
        } else {
            check(at + "thread", expected.has("thread"), task != null, differences);
        }
        compareFields(at, o, snapshot.get("fields"), differences);
    }

    private static void compareTask(
            String at, Task task, JsonNode expected, List<String> differences) {
        Image image = task.image();
        Map<String, Object> got = new TreeMap<>();
        got.put("tid", task.tid());
        got.put("pid", task.pid());
        got.put("ptid", task.parentTid());
        got.put("comm", task.comm());
        got.put("exe", image.exe());
        got.put("exepath", image.path());
        got.put("args", image.args());
        got.put("env", image.env());
        if (task.isLeader()) {
            got.put("cwd", task.cwd());
        }
        got.put("uid", task.credentials().uid());
        got.put("gid", task.credentials().gid());
        got.put("loginuid", task.credentials().loginUid());
        got.put("vtid", task.vtid());
        got.put("vpid", task.vpid());
        got.put("pgid", task.pgid());
        got.put("sid", task.sid());
        got.put("vpgid", task.vpgid());
        got.put("tty", (long) task.tty());
        got.put("flags", (long) task.flags());
        got.put("exe_writable", image.writable());
        got.put("exe_upper_layer", image.upperLayer());
        got.put("exe_lower_layer", image.lowerLayer());
        got.put("exe_from_memfd", image.memfd());
        got.put("exe_ino", image.inode());
        got.put("root", task.root());
        got.forEach(
                (key, value) -> {
                    if (expected.has(key)) {
                        String label = at + task.tid() + " " + key;
                        check(label, plain(expected.get(key)), plain(value), differences);
                    }
                });
    }

    private static void compareFields(
            String at, Observation o, JsonNode fields, List<String> differences) {
        Fd fd = o.fd();
        Map<String, Object> got = new TreeMap<>();
        got.put("evt.num", o.event().number());
        if (fd != null) {
            got.put("fd.num", fd.number());
        }
        if (fd != null && fd.kind() != FdKind.UNKNOWN) {
            got.put("fd.name", name(fd));
            got.put("fd.connected", fd.connected());
            got.put("fd.name_changed", (fd.facts() & Fd.NAME_CHANGED) != 0);
            got.put("fd.ino", fd.inode());
        }
        for (String key : COMPARED_FIELDS) {
            JsonNode expected = fields.get(key);
            // Of an unknown fd the name comes from the event's parameters.
            if (expected != null && (got.containsKey(key) || !key.equals("fd.name"))) {
                check(at + key, plain(expected), plain(got.get(key)), differences);
            }
        }
    }

    private static Map<Long, String> fds(JsonNode expected) {
        Map<Long, String> fds = new TreeMap<>();
        expected.forEachEntry(
                (number, fd) -> {
                    long flags = fd.has("openflags") ? fd.get("openflags").longValue() : 0;
                    fds.put(
                            Long.parseLong(number),
                            fd.get("type") + " " + fd.get("name").stringValue() + " " + flags);
                });
        return fds;
    }

    private static Map<Long, String> fds(Observation o, Task task) {
        Map<Long, String> fds = new TreeMap<>();
        o.fds()
                .forEach(
                        task,
                        fd ->
                                fds.put(
                                        fd.number(),
                                        fd.kind().code() + " " + name(fd) + " " + fd.openFlags()));
        return fds;
    }

    private static String name(Fd fd) {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }

    private static void check(
            String what,
            @Nullable Object expected,
            @Nullable Object got,
            List<String> differences) {
        if (!String.valueOf(expected).equals(String.valueOf(got))) {
            differences.add(what + "\n    expected " + expected + "\n    got      " + got);
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            if (node.isString()) {
                return node.stringValue();
            }
            if (node.isArray()) {
                List<Object> list = new ArrayList<>();
                node.forEach(element -> list.add(element.stringValue()));
                return list;
            }
        }
        return value;
    }
}
