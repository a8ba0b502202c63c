// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Group;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Users and groups as the capture tells of them: a list at its beginning, and its own events. */
final class CaptureAccounts implements Accounts {
    private static final String HOST = "";

    /** Who has id 0 where the capture tells of no accounts, as inside most containers. */
    private static final User ROOT =
            new User(0, 0, Text.of("root"), Text.of("/root"), CapturedTask.UNKNOWN);

    private static final Group ROOT_GROUP = new Group(0, Text.of("root"));

    /** Ids of all containers together; only a forged capture has more. */
    private static final int MAX_ENTRIES = 1 << 18;

    private final Map<String, LongMap<User>> users = new HashMap<>();
    private final Map<String, LongMap<Group>> groups = new HashMap<>();
    private int entries;

    void begin(Snapshot snapshot) {
        users.clear();
        groups.clear();
        entries = 0;
        for (User user : snapshot.users()) {
            add(users, HOST, user.uid(), user);
        }
        for (Group group : snapshot.groups()) {
            add(groups, HOST, group.gid(), group);
        }
    }

    @Override
    public @Nullable User user(@Nullable Container container, long uid) {
        User found = find(users, container, uid);
        return found == null && uid == 0 ? ROOT : found;
    }

    @Override
    public @Nullable Group group(@Nullable Container container, long gid) {
        Group found = find(groups, container, gid);
        return found == null && gid == 0 ? ROOT_GROUP : found;
    }

    void userAdded(Event event) {
        User user =
                new User(
                        event.number(0),
                        event.number(1),
                        event.text(2),
                        event.text(3),
                        event.text(4));
        add(users, event.text(5).toString(), user.uid(), user);
    }

    void userDeleted(Event event) {
        remove(users, event.text(5).toString(), event.number(0));
    }

    void groupAdded(Event event) {
        Group group = new Group(event.number(0), event.text(1));
        add(groups, event.text(2).toString(), group.gid(), group);
    }

    void groupDeleted(Event event) {
        remove(groups, event.text(2).toString(), event.number(0));
    }

    private <V> void add(Map<String, LongMap<V>> table, String container, long id, V value) {
        if (entries < MAX_ENTRIES) {
            entries++;
            table.computeIfAbsent(container, _ -> new LongMap<>()).put(id, value);
        }
    }

    private static <V> void remove(Map<String, LongMap<V>> table, String container, long id) {
        LongMap<V> map = table.get(container);
        if (map != null) {
            map.remove(id);
        }
    }

    private static <V> @Nullable V find(
            Map<String, LongMap<V>> table, @Nullable Container container, long id) {
        LongMap<V> map = table.get(container == null ? HOST : container.id());
        return map == null ? null : map.get(id);
    }
}
