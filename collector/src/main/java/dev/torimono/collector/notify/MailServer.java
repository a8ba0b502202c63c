// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

/**
 * What e-mail is sent by.
 *
 * @param host its name; empty for none
 * @param port its port; 0 for the usual one
 * @param security how the connection is protected
 * @param username who logs in; empty for nobody
 * @param password by what
 * @param from whom messages are from
 * @param authorities PEM certificates to trust instead of the JDK's; empty for those
 */
public record MailServer(
        String host,
        int port,
        Security security,
        String username,
        String password,
        String from,
        String authorities) {
    /** Protection of a connection. */
    public enum Security {
        /** Begins in the clear, and goes on encrypted or not at all. */
        STARTTLS(587),
        TLS(465),
        /** Only for a relay on the same machine or network: everyone between can read it. */
        NONE(25);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }

        /**
         * @throws IllegalArgumentException when it is none of them
         */
        public static Security of(String text) {
            for (Security security : values()) {
                if (security.name().equalsIgnoreCase(text)) {
                    return security;
                }
            }
            throw new IllegalArgumentException(
                    "security: " + text + ": must be starttls, tls or none");
        }
    }

    int portOrUsual() {
        return port == 0 ? security.usualPort : port;
    }
}
