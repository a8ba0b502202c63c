// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtoTest {
    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] message =
                new ProtoWriter()
                        .text(1, "näme")
                        .number(4, 1_700_000_000_000_000_000L)
                        .message(8, new ProtoWriter().text(1, "inner"))
                        .number(300, 1)
                        .toBytes();
        ProtoReader reader = new ProtoReader(message);
        assertThat(reader.next()).isTrue();
        assertThat(reader.text()).isEqualTo("näme");
        assertThat(reader.next()).isTrue();
        assertThat(reader.number()).isEqualTo(1_700_000_000_000_000_000L);
        assertThat(reader.next()).isTrue();
        ProtoReader inner = reader.message();
        assertThat(inner.next()).isTrue();
        assertThat(inner.text()).isEqualTo("inner");
        assertThat(inner.next()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(300);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void mapsAreEntriesOfTwoTexts() throws IOException {
        ProtoWriter entry = new ProtoWriter().text(1, "app").text(2, "web");
        ProtoReader reader = new ProtoReader(new ProtoWriter().message(6, entry).toBytes());
        Map<String, String> map = new HashMap<>();
        assertThat(reader.next()).isTrue();
        reader.entry(map);
        assertThat(map).containsExactly(Map.entry("app", "web"));
    }

    @Test
    void fixedWidthsArePassedOver() throws IOException {
        ProtoReader reader = reader("090102030405060708" + "1501020304" + "1805");
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.field()).isEqualTo(3);
        assertThat(reader.number()).isEqualTo(5);
    }

    @Test
    void fieldThatEndsOutsideIsRefused() {
        for (String hex :
                new String[] {"0a05aabb", "0aff", "08ff", "0b", "0affffffffff0f", "09aa"}) {
            assertThatThrownBy(() -> reader(hex).next())
                    .as(hex)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("protobuf: ");
        }
    }

    @Test
    void hostileMessagesFailAndNothingElse() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = new byte[random.nextInt(60)];
            random.nextBytes(message);
            try {
                ProtoReader reader = new ProtoReader(message);
                while (reader.next()) {
                    reader.text();
                    reader.entry(new HashMap<>());
                }
            } catch (IOException refused) {
                assertThat(refused).hasMessageStartingWith("protobuf: ");
            }
        }
    }

    private static ProtoReader reader(String hex) {
        return new ProtoReader(HexFormat.of().parseHex(hex));
    }
}
