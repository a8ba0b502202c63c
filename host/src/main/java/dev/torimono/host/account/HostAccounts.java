// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import dev.torimono.model.Group;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All accounts of the host, as its files list them.
 *
 * @param users by uid
 * @param groups by gid
 */
public record HostAccounts(List<User> users, List<Group> groups) {
    /** Reads them below a root; of a file that is not there, none. */
    public static HostAccounts read(Path hostRoot) {
        return new HostAccounts(
                AccountFile.users(text(hostRoot.resolve("etc/passwd"))),
                AccountFile.groups(text(hostRoot.resolve("etc/group"))));
    }

    private static Text text(Path file) {
        try {
            return Text.wrap(Files.readAllBytes(file));
        } catch (IOException absent) {
            return Text.EMPTY;
        }
    }
}
