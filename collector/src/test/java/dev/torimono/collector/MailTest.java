// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.node.ObjectNode;

/** E-mail channels and a real SMTP server: encrypted, and open to those who log in only. */
final class MailTest {
    private static final String CHANNELS = "/api/notificationChannels";

    private static final class Mailbox implements AutoCloseable {
        final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final String authorities;
        private final SMTPServer server;

        Mailbox(Path folder, boolean startTls) throws IOException {
            TestTls tls = TestTls.in(folder.resolve("mail-tls"));
            authorities = tls.authorities();
            SMTPServer.Builder builder =
                    SMTPServer.port(0)
                            .bindAddress(InetAddress.getLoopbackAddress())
                            .messageHandler((_, _, _, data) -> messages.add(data))
                            .requireAuth()
                            .authenticationHandlerFactory(
                                    new EasyAuthenticationHandlerFactory(
                                            (user, password, _) -> {
                                                if (!user.equals("torimono")
                                                        || !password.equals("pass-word-1")) {
                                                    throw new LoginFailedException();
                                                }
                                            }));
            server =
                    startTls
                            ? builder.enableTLS()
                                    .requireTLS()
                                    .startTlsSocketFactory(tls.context())
                                    .build()
                            : builder.serverSocketFactory(tls.context()).build();
            server.start();
        }

        ObjectNode channel(String security, String password) {
            ObjectNode options = Json.object();
            options.putArray("emailRecipients").add("night@example.org").add("day@example.org");
            options.putObject("smtp")
                    .put("host", "127.0.0.1")
                    .put("port", server.getPortAllocated())
                    .put("security", security)
                    .put("username", "torimono")
                    .put("password", password)
                    .put("from", "Torimono <torimono@example.org>")
                    .put("caCertificates", authorities);
            ObjectNode body = Json.object();
            ObjectNode channel = body.putObject("notificationChannel");
            channel.put("name", "mail").put("type", "EMAIL").set("options", options);
            return body;
        }

        MimeMessage next() throws InterruptedException, MessagingException {
            byte[] data = messages.poll(60, TimeUnit.SECONDS);
            assertThat(data).isNotNull();
            return new MimeMessage(
                    Session.getInstance(new Properties()), new ByteArrayInputStream(data));
        }

        @Override
        public void close() {
            server.stop();
        }
    }

    private static String alert(String output) {
        ObjectNode alert = Sample.alert("Terminal shell in container", 1);
        alert.put("output", output);
        ObjectNode policy = alert.putArray("policies").addObject();
        policy.put("name", "No shells").put("severity", 2).put("type", "workload");
        policy.putArray("channels").add("mail");
        ObjectNode line = Json.object().put("key", "1");
        line.set("alert", alert);
        return new String(Json.bytes(line), StandardCharsets.UTF_8);
    }

    private static String part(MimeMessage message, int index) throws Exception {
        return String.valueOf(
                ((MimeMultipart) message.getContent()).getBodyPart(index).getContent());
    }

    @Test
    void anAlertIsMailedAsTextAndHtmlOverStartTls(@TempDir Path folder) throws Exception {
        try (Mailbox mailbox = new Mailbox(folder, true);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            Answer made =
                    collector.post(
                            CHANNELS,
                            collector.admin(),
                            mailbox.channel("starttls", "pass-word-1"));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            String hostile = "wrote <script>alert(1)</script> é\nBcc: someone@example.org";
            collector.call("POST", "/fleet/v1/alerts", collector.enrol("a"), alert(hostile));
            MimeMessage message = mailbox.next();
            assertThat(message.getSubject())
                    .isEqualTo("[Torimono] High: Terminal shell in container on web-1/nginx");
            assertThat(message.getFrom()[0].toString()).contains("torimono@example.org");
            assertThat(message.getAllRecipients()).hasSize(2);
            assertThat(part(message, 0)).contains(hostile.split("\n", -1)[0], "policy No shells");
            assertThat(part(message, 1))
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt; é")
                    .doesNotContain("<script>");
        }
    }

    @Test
    void templatesAndTlsFromTheStartAreUsedWhereTheChannelSaysSo(@TempDir Path folder)
            throws Exception {
        try (Mailbox mailbox = new Mailbox(folder, false);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            ObjectNode channel = mailbox.channel("tls", "pass-word-1");
            ((ObjectNode) channel.at("/notificationChannel/options"))
                    .put("subjectTemplate", "{{severity}} {{field:proc.name}}")
                    .put("template", "{{rule}} at {{host}}")
                    .put("htmlTemplate", "<b>{{output}}</b>");
            assertThat(collector.post(CHANNELS, collector.admin(), channel).status())
                    .isEqualTo(200);
            collector.call("POST", "/fleet/v1/alerts", collector.enrol("a"), alert("a<b"));
            MimeMessage message = mailbox.next();
            assertThat(message.getSubject()).isEqualTo("High bash");
            assertThat(part(message, 0).strip()).isEqualTo("Terminal shell in container at web-1");
            assertThat(part(message, 1).strip()).isEqualTo("<b>a&lt;b</b>");
        }
    }

    @Test
    void thePasswordIsNeverToldAndIsKeptByAChangeThatDoesNotNameIt(@TempDir Path folder)
            throws Exception {
        try (Mailbox mailbox = new Mailbox(folder, true);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            Answer made =
                    collector.post(
                            CHANNELS,
                            collector.admin(),
                            mailbox.channel("starttls", "pass-word-1"));
            assertThat(made.text()).doesNotContain("pass-word-1").contains("\"passwordSet\":true");
            String path = CHANNELS + "/" + made.json().at("/notificationChannel/id").asLong();
            ObjectNode change = made.object();
            assertThat(collector.call("PUT", path, collector.admin(), Json.bytes(change)).status())
                    .isEqualTo(200);
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").status())
                    .isEqualTo(204);
            assertThat(mailbox.next().getSubject()).contains("Test of a channel");
            ObjectNode elsewhere = collector.get(path, collector.admin()).object();
            ((ObjectNode) elsewhere.at("/notificationChannel/options/smtp"))
                    .put("host", "localhost");
            collector.call("PUT", path, collector.admin(), Json.bytes(elsewhere));
            Answer shown = collector.get(path, collector.admin());
            assertThat(shown.text()).contains("\"passwordSet\":false");
        }
    }

    @Test
    void whatTheServerRefusesIsTold(@TempDir Path folder) throws Exception {
        try (Mailbox mailbox = new Mailbox(folder, true);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            ObjectNode wrong = mailbox.channel("starttls", "wrong");
            Answer made = collector.post(CHANNELS, collector.admin(), wrong);
            String path = CHANNELS + "/" + made.json().at("/notificationChannel/id").asLong();
            Answer test = collector.call("POST", path + "/test", collector.admin(), "");
            assertThat(test.status()).isEqualTo(422);
            assertThat(test.text()).contains("127.0.0.1: AuthenticationFailedException");
            assertThat(mailbox.messages).isEmpty();
        }
    }

    @Test
    void channelsThatCannotWorkAreRefused(@TempDir Path folder) throws Exception {
        try (Mailbox mailbox = new Mailbox(folder, true);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            String[][] changes = {
                {"/notificationChannel/options", "emailRecipients", "[]"},
                {"/notificationChannel/options", "emailRecipients", "[\"a@b\\nBcc: c@d\"]"},
                {"/notificationChannel/options", "template", "\"{{nothing}}\""},
                {"/notificationChannel/options", "everySeconds", "-1"},
                {"/notificationChannel/options/smtp", "host", "\"\""},
                {"/notificationChannel/options/smtp", "security", "\"none\""},
                {"/notificationChannel/options/smtp", "caCertificates", "\"no certificate\""},
            };
            for (String[] change : changes) {
                ObjectNode channel = mailbox.channel("starttls", "pass-word-1");
                ((ObjectNode) channel.at(change[0]))
                        .set(change[1], Json.parse(change[2].getBytes(StandardCharsets.UTF_8)));
                Answer answer = collector.post(CHANNELS, collector.admin(), channel);
                assertThat(answer.status()).as(change[1] + " " + answer.text()).isEqualTo(422);
            }
        }
    }
}
