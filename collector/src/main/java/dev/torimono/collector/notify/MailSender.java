// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.net.Tls;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/** Sends e-mail, as plain text and HTML side by side, over a connection of its own. */
final class MailSender implements Sender {
    private static final String TIMEOUT_MS = "15000";
    private static final int MAX_RECIPIENTS = 100;
    private static final int MAX_PORT = 65_535;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailServer fallback;
    private final InstantSource clock;

    /**
     * @param fallback what is used where a channel does not say
     */
    MailSender(MailServer fallback, InstantSource clock) {
        this.fallback = fallback;
        this.clock = clock;
    }

    /**
     * @throws IllegalArgumentException when nothing could be sent with these options
     */
    static void check(JsonNode options, MailServer fallback) {
        List<String> recipients = recipients(options);
        ChannelOptions.require(
                !recipients.isEmpty() && recipients.size() <= MAX_RECIPIENTS,
                "options.emailRecipients: must have 1 to " + MAX_RECIPIENTS + " addresses");
        recipients.forEach(address -> address("options.emailRecipients", address));
        MailServer server = server(options, fallback);
        ChannelOptions.require(
                !server.host().isEmpty(),
                "options.smtp.host: must be there: the collector has no mail server configured");
        ChannelOptions.require(
                server.port() >= 0 && server.port() <= MAX_PORT,
                "options.smtp.port: must be from 1 to " + MAX_PORT);
        address("options.smtp.from", server.from());
        try {
            SSLContext _ = Tls.trusting(server.authorities());
        } catch (IOException e) {
            throw new IllegalArgumentException("options.smtp.caCertificates: " + e.getMessage(), e);
        }
        ChannelOptions.require(
                server.username().isEmpty() || server.security() != MailServer.Security.NONE,
                "options.smtp: a password is not sent without starttls or tls");
    }

    private static void address(String key, String address) {
        try {
            new InternetAddress(address, true).validate();
        } catch (MessagingException e) {
            throw new IllegalArgumentException(key + ": " + address + ": " + e.getMessage(), e);
        }
    }

    private static List<String> recipients(JsonNode options) {
        List<String> recipients = new ArrayList<>();
        options.path("emailRecipients").forEach(each -> recipients.add(each.asString("")));
        return recipients;
    }

    /** What a channel says of its server; all of it, or none. */
    static MailServer server(JsonNode options, MailServer fallback) {
        JsonNode smtp = options.path("smtp");
        if (smtp.path("host").asString("").isEmpty()) {
            String from = smtp.path("from").asString(fallback.from());
            return new MailServer(
                    fallback.host(),
                    fallback.port(),
                    fallback.security(),
                    fallback.username(),
                    fallback.password(),
                    from,
                    fallback.authorities());
        }
        return new MailServer(
                smtp.path("host").asString(""),
                smtp.path("port").asInt(0),
                MailServer.Security.of(smtp.path("security").asString("starttls")),
                smtp.path("username").asString(""),
                smtp.path("password").asString(""),
                smtp.path("from").asString(fallback.from()),
                smtp.path("caCertificates").asString(""));
    }

    @Override
    public void send(ChannelType type, JsonNode options, Told told) throws IOException {
        MailServer server = server(options, fallback);
        try {
            Session session = Session.getInstance(properties(server));
            MimeMessage message = message(session, server, options, told);
            message.saveChanges();
            try (Transport transport = session.getTransport()) {
                transport.connect(
                        server.host(),
                        server.portOrUsual(),
                        server.username().isEmpty() ? null : server.username(),
                        server.username().isEmpty() ? null : server.password());
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw new IOException(server.host() + ": " + words(e), e);
        }
    }

    private static String words(MessagingException e) {
        StringBuilder words = new StringBuilder(e.getClass().getSimpleName());
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < 3; depth++) {
            if (cause.getMessage() != null && words.indexOf(cause.getMessage()) < 0) {
                words.append(": ").append(Escape.line(cause.getMessage()));
            }
            cause = cause.getCause();
        }
        return words.toString();
    }

    private static Properties properties(MailServer server) throws IOException {
        boolean tls = server.security() == MailServer.Security.TLS;
        String protocol = tls ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "connectiontimeout", TIMEOUT_MS);
        properties.setProperty(prefix + "timeout", TIMEOUT_MS);
        properties.setProperty(prefix + "writetimeout", TIMEOUT_MS);
        properties.setProperty(prefix + "auth", String.valueOf(!server.username().isEmpty()));
        // Named in words, a factory is made by reflection: this one is handed over as it is.
        properties.put(
                prefix + "ssl.socketFactory",
                Tls.trusting(server.authorities()).getSocketFactory());
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        if (server.security() == MailServer.Security.STARTTLS) {
            properties.setProperty(prefix + "starttls.enable", "true");
            // Else whoever sits between could have it fall back to the clear.
            properties.setProperty(prefix + "starttls.required", "true");
        }
        return properties;
    }

    private MimeMessage message(Session session, MailServer server, JsonNode options, Told told)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.from(), true));
        for (String recipient : recipients(options)) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        }
        message.setSubject(Escape.line(MailText.subject(options, told)), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(MailText.plain(options, told), UTF_8, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(MailText.html(options, told), UTF_8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        return message;
    }

    @Override
    public void close() {}
}
