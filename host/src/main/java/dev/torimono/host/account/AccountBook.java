// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.model.Group;
import dev.torimono.model.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users and groups of one root file system, searched without boxing. Immutable. */
final class AccountBook {
    static final AccountBook EMPTY = new AccountBook(List.of(), List.of());

    private final User[] users;
    private final Group[] groups;

    /** Both sorted by id. */
    AccountBook(List<User> users, List<Group> groups) {
        this.users = users.toArray(User[]::new);
        this.groups = groups.toArray(Group[]::new);
    }

    AccountBook withUsers(List<User> others) {
        return new AccountBook(others, List.of(groups));
    }

    AccountBook withGroups(List<Group> others) {
        return new AccountBook(List.of(users), others);
    }

    @Nullable User user(long uid) {
        int low = 0;
        int high = users.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (users[middle].uid() < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < users.length && users[low].uid() == uid ? users[low] : null;
    }

    @Nullable Group group(long gid) {
        int low = 0;
        int high = groups.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (groups[middle].gid() < gid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < groups.length && groups[low].gid() == gid ? groups[low] : null;
    }
}
