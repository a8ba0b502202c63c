// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Credentials;
import dev.torimono.model.Group;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.function.Function;

/** The user and group that a task acts as; a name that nobody knows reads {@code <NA>}. */
final class AccountFields {
    private static final Text NOBODY = Text.of("<NA>");

    private AccountFields() {}

    static Reader of(String name) {
        return switch (name) {
            case "user.uid" -> ProcessFields.task((t, v) -> v.number(t.credentials().uid()));
            case "user.name" -> user(User::name);
            case "user.homedir" -> user(User::home);
            case "user.shell" -> user(User::shell);
            case "user.loginuid" -> ProcessFields.task((t, v) -> v.number(loginUid(t)));
            case "user.loginname" -> AccountFields::loginName;
            case "group.gid" -> ProcessFields.task((t, v) -> v.number(t.credentials().gid()));
            case "group.name" -> AccountFields::groupName;
            default -> Reader.MISSING;
        };
    }

    private static long loginUid(Task task) {
        long uid = task.credentials().loginUid();
        return uid == Credentials.UNSET ? -1 : uid;
    }

    private static Reader user(Function<User, Text> part) {
        return (o, v) -> {
            Task task = o.task();
            if (task == null) {
                return false;
            }
            User user = o.user(task.credentials().uid());
            return v.text(user == null ? NOBODY : part.apply(user));
        };
    }

    private static boolean loginName(Observation o, Value value) {
        Task task = o.task();
        if (task == null) {
            return false;
        }
        long uid = task.credentials().loginUid();
        User user = uid == Credentials.UNSET ? null : o.user(uid);
        return value.text(user == null ? NOBODY : user.name());
    }

    private static boolean groupName(Observation o, Value value) {
        Task task = o.task();
        if (task == null) {
            return false;
        }
        Group group = o.group(task.credentials().gid());
        return value.text(group == null ? NOBODY : group.name());
    }
}
