// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketNameTest {
    private final SocketName names = new SocketName();

    @Test
    void connectionHasTheClientFirst() {
        Fd fd = new Fd().kind(FdKind.IPV4_SOCK);
        fd.tuple(new byte[] {10, 0, 0, 1}, 4711, new byte[] {(byte) 192, (byte) 168, 0, 2}, 80);
        names.name(fd);
        assertThat(name(fd)).isEqualTo("10.0.0.1:4711->192.168.0.2:80");
    }

    @Test
    void listeningSocketHasItsOwnEndOnly() {
        Fd fd = new Fd().kind(FdKind.IPV6_SERVSOCK);
        fd.tuple(new byte[16], 0, new byte[16], 22);
        names.name(fd);
        assertThat(name(fd)).isEqualTo(":::22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::1",
                "2001:db8::4",
                "2600:1f18:262c:6542:9aa6:df7a:9a47:d29e",
                "1:0:0:2::3",
                "fe80::",
                "1:0:2:0:3:0:4:0"
            })
    void ipv6AddressIsWrittenCanonically(String address) throws UnknownHostException {
        Fd fd = new Fd().kind(FdKind.IPV6_SERVSOCK);
        names.nameAddress(fd, InetAddress.getByName(address).getAddress(), 1, true);
        assertThat(name(fd)).isEqualTo(address + ":1");
    }

    @Test
    void mappedAddressKeepsItsDots() {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 1;
        mapped[13] = 2;
        mapped[14] = 3;
        mapped[15] = 4;
        Fd fd = new Fd().kind(FdKind.IPV6_SERVSOCK);
        names.nameAddress(fd, mapped, 80, true);
        assertThat(name(fd)).isEqualTo("::ffff:1.2.3.4:80");
    }

    @Test
    void changeOfNameIsToldOnce() {
        Fd fd = new Fd().kind(FdKind.IPV4_SERVSOCK);
        fd.tuple(new byte[4], 0, new byte[4], 80);
        names.name(fd);
        assertThat(names.takeChanged()).isTrue();
        names.name(fd);
        assertThat(names.takeChanged()).isFalse();
    }

    private static String name(Fd fd) {
        return new String(fd.name(), 0, fd.nameLength(), StandardCharsets.UTF_8);
    }
}
