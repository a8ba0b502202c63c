// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamOutputTest {
    @Test
    void lineAndNewlineAreOneWrite() throws IOException {
        int[] writes = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream counting =
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        throw new AssertionError("byte by byte");
                    }

                    @Override
                    public void write(byte[] all, int offset, int length) {
                        writes[0]++;
                        bytes.write(all, offset, length);
                    }
                };
        try (StreamOutput output = new StreamOutput("stdout", counting)) {
            output.write(Lines.text("m"));
        }
        assertThat(writes[0]).isEqualTo(1);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("m\n");
    }

    @Test
    void pipeWithoutReaderIsFinal() throws Exception {
        // The real thing: a program that has ended no longer reads its stdin.
        Process gone =
                new ProcessBuilder("/bin/sh", "-c", "exec 0<&-; echo closed; sleep 5").start();
        try {
            gone.inputReader().readLine();
            StreamOutput output = new StreamOutput("stdout", gone.getOutputStream());
            assertThatThrownBy(() -> output.write(Lines.text("m")))
                    .isInstanceOf(ReaderGoneException.class)
                    .hasMessageContaining("its reader has closed it");
        } finally {
            gone.destroyForcibly();
        }
    }
}
