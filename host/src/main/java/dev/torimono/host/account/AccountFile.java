// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.model.Group;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads passwd and group files. Their content may be hostile: bad lines are passed over. */
final class AccountFile {
    private static final int MOST_ENTRIES = 16_384;
    private static final long LARGEST_ID = 0xFFFF_FFFFL;

    private AccountFile() {}

    /** {@code name:password:uid:gid:comment:home:shell}, by uid; the first of equals counts. */
    static List<User> users(Text content) {
        List<User> users = lines(content, AccountFile::user);
        users.sort(Comparator.comparingLong(User::uid));
        return users;
    }

    /** {@code name:password:gid:members}, by gid; the first of equals counts. */
    static List<Group> groups(Text content) {
        List<Group> groups = lines(content, AccountFile::group);
        groups.sort(Comparator.comparingLong(Group::gid));
        return groups;
    }

    private static @Nullable User user(String[] words) {
        long uid = words.length > 3 ? id(words[2]) : -1;
        long gid = words.length > 3 ? id(words[3]) : -1;
        if (uid < 0 || gid < 0) {
            return null;
        }
        return new User(
                uid,
                gid,
                Text.of(words[0]),
                Text.of(words.length > 5 ? words[5] : ""),
                Text.of(words.length > 6 ? words[6] : ""));
    }

    private static @Nullable Group group(String[] words) {
        long gid = words.length > 2 ? id(words[2]) : -1;
        return gid < 0 ? null : new Group(gid, Text.of(words[0]));
    }

    private static <T> List<T> lines(Text content, Function<String[], @Nullable T> entry) {
        List<T> entries = new ArrayList<>();
        for (String line : content.toString().split("\n")) {
            if (line.isEmpty() || line.charAt(0) == '#' || entries.size() >= MOST_ENTRIES) {
                continue;
            }
            T read = entry.apply(line.split(":", -1));
            if (read != null) {
                entries.add(read);
            }
        }
        return entries;
    }

    private static long id(String text) {
        try {
            long id = Long.parseLong(text);
            return id > LARGEST_ID ? -1 : id;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
