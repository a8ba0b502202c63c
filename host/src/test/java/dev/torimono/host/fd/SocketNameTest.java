// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Fd;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketNameTest {
    private final SocketName names = new SocketName();
    private final Fd fd = new Fd();

    @Test
    void bothEndsOfAConnectionAreNamedClientFirst() {
        fd.tuple(new byte[] {10, 0, 0, (byte) 255}, 54321, new byte[] {1, 2, 3, 4}, 80);
        names.name(fd, false, false);
        assertThat(text()).isEqualTo("10.0.0.255:54321->1.2.3.4:80");
    }

    @Test
    void listeningSocketIsNamedByItsOwnEnd() {
        fd.tuple(new byte[4], 0, new byte[4], 65535);
        names.name(fd, false, true);
        assertThat(text()).isEqualTo("0.0.0.0:65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "::",
                "2001:db8::4",
                "2001:4860:4860::8888",
                "2600:1f18:262c:6542:9aa6:df7a:9a47:d29e",
                "fe80::1:0:0:1",
                "1:0:2:3:4:5:6:7",
                "1::",
                "0:0:1::"
            })
    void ipv6IsShortenedAsInetNtopDoes(String address) throws UnknownHostException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        fd.tuple(bytes, 1, bytes, 2);
        names.name(fd, true, false);
        assertThat(text()).isEqualTo(address + ":1->" + address + ":2");
    }

    @Test
    void mappedIpv4KeepsItsDots() {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        bytes[12] = 10;
        bytes[15] = 7;
        fd.tuple(bytes, 1, bytes, 2);
        names.name(fd, true, true);
        assertThat(text()).isEqualTo("::ffff:10.0.0.7:2");
    }

    private String text() {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.US_ASCII);
    }
}
