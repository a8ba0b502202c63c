// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;
import dev.torimono.model.ParamType;
import dev.torimono.model.Syscall;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.rules.read.Similar;
import dev.torimono.rules.read.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One event of a test, as described: what happened, who did it, to what. */
final class EventDescription {
    private static final Set<String> KEYS =
            Set.of("evt.type", "params", "process", "container", "fd", "fds", "path", "source");
    private static final long DEFAULT_FD = 3;

    private final Described described;
    private final EventType type;
    private final @Nullable Syscall generic;
    private final @Nullable YamlNode process;
    private final @Nullable YamlNode container;

    /**
     * Of a test.
     *
     * @param process who does what its events do not say of whom
     * @param container where that one is
     */
    EventDescription(YamlNode node, @Nullable YamlNode process, @Nullable YamlNode container) {
        this.described = Described.of(node, "an event", KEYS);
        String name = described.required("evt.type");
        EventType specific = current(name);
        this.generic = specific == null ? call(name) : null;
        this.type = specific == null ? EventType.symbol("GENERIC_X") : specific;
        YamlNode own = described.get("process");
        this.process = own == null ? process : own;
        YamlNode ownContainer = described.get("container");
        this.container = ownContainer == null ? container : ownContainer;
    }

    /** The type that sensors report today: the exit of a call, not an old layout. */
    private static @Nullable EventType current(String name) {
        EventType found = null;
        for (EventType type : EventType.all()) {
            boolean usable =
                    type.name().equals(name)
                            && !type.has(EventType.Trait.OLD_VERSION)
                            && !type.has(EventType.Trait.UNUSED);
            if (usable && (found == null || type.isExit() || !found.isExit())) {
                found = type;
            }
        }
        return found;
    }

    private Syscall call(String name) {
        for (Syscall call : Syscall.all()) {
            if (call.name().equals(name)) {
                return call;
            }
        }
        List<String> known = Syscall.all().stream().map(Syscall::name).toList();
        throw Described.error(
                "unknown event type '" + name + "'" + Similar.hint(name, known),
                described.at("evt.type"));
    }

    /** The event as the pipeline would observe it; built anew each time. */
    Observation observe(int number) {
        World world = new World();
        Container inside = container == null ? null : ContainerDescription.of(container);
        Task task = process == null ? null : new ProcessDescription(world).task(process, inside);
        openFiles(world);
        Map<String, YamlNode> params = params();
        long timeNs = World.START_NS + number * 1_000_000L;
        EventBuilder builder = new EventBuilder(type, timeNs, task == null ? 0 : task.tid());
        ParamDefaults defaults = new ParamDefaults(builder, type, task);
        defaults.write();
        if (generic != null) {
            builder.number("ID", generic.code());
        }
        params.forEach((name, node) -> ParamValue.write(builder, type, name, node));
        Event event = builder.event();
        event.number(number + 1L);
        Fd fd = fd(event);
        if (fd != null) {
            world.add(fd);
        }
        Observation observation = new Observation(world, world).set(event, task, fd).tasks(world);
        String path = described.text("path", "");
        if (!path.isEmpty()) {
            observation.path(Text.of(path));
        }
        return observation.source(described.text("source", "syscall"));
    }

    private void openFiles(World world) {
        YamlNode node = described.get("fds");
        if (node instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                String number = Described.text(entry.key());
                if (!number.matches("\\d{1,9}")) {
                    throw Described.error("an fd is a number", entry.key().at());
                }
                world.add(FdDescription.of(entry.value(), Long.parseLong(number)));
            }
        } else if (node != null) {
            throw Described.error("fds maps numbers to descriptions", node.at());
        }
    }

    private Map<String, YamlNode> params() {
        Map<String, YamlNode> params = new TreeMap<>();
        YamlNode node = described.get("params");
        if (node instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                String name = Described.text(entry.key());
                if (type.paramIndex(name) < 0) {
                    throw Described.error(
                            type.name() + " has no parameter '" + name + "'", entry.key().at());
                }
                params.put(name, entry.value());
            }
        } else if (node != null) {
            throw Described.error("params maps names to values", node.at());
        }
        return params;
    }

    /** The object behind the event's fd: as described, or the file that an open names. */
    private @Nullable Fd fd(Event event) {
        int param = fdParam();
        long number = param < 0 || !event.has(param) ? DEFAULT_FD : event.number(param);
        YamlNode node = described.get("fd");
        if (node != null) {
            return FdDescription.of(node, number);
        }
        int name = type.paramIndex("name");
        int flags = type.paramIndex("flags");
        boolean opened =
                type.has(EventType.Trait.CREATES_FD)
                        && name >= 0
                        && type.param(name).type().text()
                        && number >= 0;
        if (!opened) {
            return null;
        }
        String path = described.text("path", event.text(name).toString());
        return FdDescription.file(path, number, flags < 0 ? 0 : event.number(flags));
    }

    private int fdParam() {
        for (int i = 0; i < type.paramCount(); i++) {
            boolean returned =
                    type.param(i).name().equals("fd") || type.param(i).name().equals("res");
            if (returned && type.param(i).type() == ParamType.FD) {
                return i;
            }
        }
        return -1;
    }
}
