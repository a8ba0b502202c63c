// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Group;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The users and groups that a snapshot names anywhere. */
final class SnapshotAccounts implements Accounts {
    private static final String NOBODY = "<NA>";

    private final Map<Long, User> users = new HashMap<>();
    private final Map<Long, Group> groups = new HashMap<>();

    SnapshotAccounts(Snapshot snapshot) {
        for (JsonNode param : snapshot.params()) {
            if (param.has("resolved")) {
                String name = param.get("resolved").stringValue();
                String type = param.get("type").stringValue();
                if (type.equals("UID")) {
                    addUser(id(param), name, NOBODY, NOBODY);
                } else if (type.equals("GID")) {
                    addGroup(id(param), name);
                }
            }
        }
        addUser(
                snapshot.number("user.loginuid", -1),
                snapshot.text("user.loginname", NOBODY),
                NOBODY,
                NOBODY);
        addUser(
                snapshot.number("user.uid", -1),
                snapshot.text("user.name", NOBODY),
                snapshot.text("user.homedir", NOBODY),
                snapshot.text("user.shell", NOBODY));
        addGroup(snapshot.number("group.gid", -1), snapshot.text("group.name", NOBODY));
    }

    private static long id(JsonNode param) {
        return Long.parseLong(param.get("str").stringValue()) & 0xFFFF_FFFFL;
    }

    private void addUser(long uid, String name, String home, String shell) {
        if (!name.equals(NOBODY)) {
            users.put(uid, new User(uid, 0, Text.of(name), Text.of(home), Text.of(shell)));
        }
    }

    private void addGroup(long gid, String name) {
        if (!name.equals(NOBODY)) {
            groups.put(gid, new Group(gid, Text.of(name)));
        }
    }

    @Override
    public @Nullable User user(@Nullable Container container, long uid) {
        return users.get(uid);
    }

    @Override
    public @Nullable Group group(@Nullable Container container, long gid) {
        return groups.get(gid);
    }
}
