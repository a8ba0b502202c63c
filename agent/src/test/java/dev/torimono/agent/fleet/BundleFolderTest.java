// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleFolderTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void beginsEmptyAndKeepsWhatIsGood() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        assertThat(bundle.version()).isEmpty();
        assertThat(bundle.policies()).hasContent("policies: []");
        bundle.replace("v1", "rules 1", "policies 1");
        bundle.keep();
        BundleFolder later = new BundleFolder(folder);
        assertThat(later.version()).isEqualTo("v1");
        assertThat(later.rules()).hasContent("rules 1");
    }

    @Test
    void whatIsRefusedGoes() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        bundle.replace("v1", "rules 1", "policies 1");
        bundle.keep();
        bundle.replace("v2", "rules 2", "policies 2");
        bundle.restore();
        assertThat(bundle.version()).isEqualTo("v1");
        assertThat(bundle.policies()).hasContent("policies 1");
    }

    @Test
    void whatWasTriedWhenWeDiedIsNotInForce() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        bundle.replace("v1", "rules 1", "policies 1");
        bundle.keep();
        bundle.replace("v2", "rules 2", "policies 2");
        BundleFolder next = new BundleFolder(folder);
        assertThat(next.version()).isEqualTo("v1");
        assertThat(Files.readString(next.rules())).isEqualTo("rules 1");
    }

    @Test
    void whatCannotBeReadIsSetAside() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        bundle.replace("v1", "rules 1", "policies 1");
        bundle.keep();
        Files.write(bundle.rules(), new byte[] {(byte) 0xc3, 0x28, (byte) 0xff});
        BundleFolder next = new BundleFolder(folder);
        assertThat(next.trouble()).isNotEmpty();
        assertThat(next.version()).as("so that the collector tells it again").isEmpty();
        assertThat(next.rules()).hasContent("[]");
        assertThat(folder.resolve("unusable/policies.yaml")).hasContent("policies 1");
        assertThat(new BundleFolder(folder).trouble()).isEmpty();
    }

    @Test
    void aFolderInPlaceOfAFileIsSetAsideToo() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        Files.delete(bundle.policies());
        Files.createDirectories(bundle.policies().resolve("x"));
        assertThat(new BundleFolder(folder).policies()).hasContent("policies: []");
        Files.delete(bundle.policies());
        Files.createDirectories(bundle.policies().resolve("again"));
        assertThat(new BundleFolder(folder).trouble()).isNotEmpty();
    }

    @Test
    void whatWasNotToBlameComesBack() throws IOException {
        BundleFolder bundle = new BundleFolder(folder);
        bundle.replace("v1", "rules 1", "policies 1");
        bundle.keep();
        bundle.setAside();
        assertThat(bundle.isEmpty()).isTrue();
        bundle.takeBack();
        assertThat(bundle.version()).isEqualTo("v1");
        assertThat(bundle.rules()).hasContent("rules 1");
    }
}
