// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountFileTest {
    @Test
    void usersHaveHomeAndShell() {
        List<User> users = AccountFile.users(Text.of("ana:x:1000:5:Ana:/home/ana:/bin/zsh\n"));
        assertThat(users)
                .containsExactly(
                        new User(
                                1000,
                                5,
                                Text.of("ana"),
                                Text.of("/home/ana"),
                                Text.of("/bin/zsh")));
    }

    @Test
    void badLinesArePassedOver() {
        String content =
                """
                # comment
                short:x
                word:x:abc:0::/:/
                huge:x:99999999999999999999:0::/:/
                beyond:x:4294967296:0::/:/
                nis+:x:-2:0::/:/
                good:x:7:8
                """;
        assertThat(AccountFile.users(Text.of(content))).extracting(User::uid).containsExactly(7L);
    }

    @Test
    void firstOfEqualIdsCounts() {
        AccountBook book =
                AccountBook.EMPTY.withUsers(
                        AccountFile.users(Text.of("a:x:5:5\nroot:x:0:0\ntoor:x:0:0\nz:x:9:9\n")));
        assertThat(book.user(0)).extracting(User::name).hasToString("root");
        assertThat(book.user(9)).extracting(User::name).hasToString("z");
        assertThat(book.user(6)).isNull();
    }

    @Test
    void anyBytesAreReadWithoutFailing() {
        Random random = new Random(5);
        byte[] bytes = new byte[500];
        for (int round = 0; round < 2_000; round++) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 3) {
                bytes[i] = (byte) (random.nextBoolean() ? ':' : '\n');
            }
            Text content = Text.of(bytes, 0, bytes.length);
            assertThat(AccountFile.users(content)).hasSizeLessThan(500);
            assertThat(AccountFile.groups(content)).hasSizeLessThan(500);
        }
    }
}
