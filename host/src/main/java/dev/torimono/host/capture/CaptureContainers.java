// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.host.container.CgroupPath;
import dev.torimono.host.container.Placement;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Containers of a capture: which one, from the cgroups of its tasks; what is known of it, from the
 * capture's own container events. Nobody else can be asked: the machine is gone.
 */
public final class CaptureContainers implements Placing {
    private static final int MAX_CONTAINERS = 1 << 14;
    private static final int MAX_CGROUPS = 1 << 13;
    private static final int SHORT_ID = 12;
    private static final EventType PLUGIN_EVENT = EventType.symbol("ASYNCEVENT_E");

    /** By short id; a container that nobody told of is known by its id alone. */
    private final Map<String, Container> containers = new HashMap<>();

    private final Map<Text, String> idByCgroups = new RecentCgroups();

    @Override
    public @Nullable Container container(Text cgroups) {
        if (cgroups.isEmpty()) {
            return null;
        }
        String id = idByCgroups.get(cgroups);
        if (id == null) {
            id = place(cgroups);
            idByCgroups.put(cgroups, id);
        }
        return id.isEmpty() ? null : containers.get(id);
    }

    @Override
    public boolean told(Event event) {
        Container container = ContainerText.parse(json(event));
        if (container == null || containers.size() >= MAX_CONTAINERS) {
            return false;
        }
        containers.put(container.id(), container);
        return true;
    }

    /** Newer recorders tell by an event of a plugin: its number, what it is about, the text. */
    private static String json(Event event) {
        if (event.type() != PLUGIN_EVENT) {
            return event.text(0).toString();
        }
        return event.text(1).toString().equals("container") ? event.text(2).toString() : "";
    }

    /** Short id of the container that some cgroup names; empty on the host. */
    private String place(Text cgroups) {
        List<Text> entries = Text.splitNul(cgroups.array(), 0, cgroups.length());
        for (Text entry : entries) {
            int slash = 0;
            while (slash < entry.length() && entry.at(slash) != '/') {
                slash++;
            }
            Text path = Text.of(entry.array(), slash, entry.length() - slash);
            Placement placement = CgroupPath.parse(path);
            if (placement != null) {
                return known(placement);
            }
        }
        return "";
    }

    private String known(Placement placement) {
        String full = placement.id();
        String id = full.length() > SHORT_ID ? full.substring(0, SHORT_ID) : full;
        if (!containers.containsKey(id) && containers.size() < MAX_CONTAINERS) {
            containers.put(id, Container.pending(full, placement.runtime()));
        }
        return id;
    }

    /** Tasks of one container share their cgroups, so few are looked at twice. */
    private static final class RecentCgroups extends LinkedHashMap<Text, String> {
        private static final long serialVersionUID = 1;

        RecentCgroups() {
            super(256, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Text, String> eldest) {
            return size() > MAX_CGROUPS;
        }
    }
}
