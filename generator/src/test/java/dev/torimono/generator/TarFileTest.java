// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TarFileTest {
    @Test
    void tarReadsIt() throws Exception {
        byte[] tar = new TarFile().folder("etc", 0755).file("etc/x", 0640, "content").toBytes();
        Process process = new ProcessBuilder("tar", "-tvf", "-").redirectErrorStream(true).start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(tar);
        }
        String listed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(listed).isZero();
        assertThat(listed).contains("drwxr-xr-x", "etc/", "-rw-r-----", " 7 ", "etc/x");
    }
}
