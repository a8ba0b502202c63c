// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultTest {
    @Test
    void whatIsSealedOpensWithTheSameKeyOnlyAndInItsPlaceOnly(@TempDir Path folder)
            throws IOException {
        Vault vault = Vault.in(folder.resolve("secret.key"));
        String sealed = vault.seal("CHANNEL", "token é");
        assertThat(sealed).doesNotContain("token").isNotEqualTo(vault.seal("CHANNEL", "token é"));
        Vault again = Vault.in(folder.resolve("secret.key"));
        assertThat(again.open("CHANNEL", sealed)).isEqualTo("token é");
        assertThatThrownBy(() -> again.open("FORWARDER", sealed))
                .isInstanceOf(StateException.class);
        Vault other = Vault.in(folder.resolve("other.key"));
        assertThatThrownBy(() -> other.open("CHANNEL", sealed))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("other.key: does not open");
        String changed = sealed.substring(0, sealed.length() - 6) + "AAAAA=";
        assertThatThrownBy(() -> vault.open("CHANNEL", changed)).isInstanceOf(StateException.class);
    }

    @Test
    void theKeyIsForItsOwnerOnly(@TempDir Path folder) throws IOException {
        Vault.in(folder.resolve("secret.key"));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsNoKeyIsRefused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("secret.key"), "dG9vIHNob3J0\n");
        assertThatThrownBy(() -> Vault.in(folder.resolve("secret.key")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no key of 32 bytes");
    }
}
