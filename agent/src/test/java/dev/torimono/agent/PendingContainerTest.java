// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Accounts;
import dev.torimono.model.Alert;
import dev.torimono.model.Alert.Standing;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.model.Task;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pipeline over a container that its runtime describes after its first events, or never. */
class PendingContainerTest {
    private static final String ID = "cd".repeat(32);
    private static final String RULES =
            """
            - rule: any exec
              desc: d
              condition: evt.type = execve and proc.name = any
              output: in %container.name
              priority: NOTICE
            - rule: exec in web
              desc: d
              condition: evt.type = execve and container.image.repository = shop/web
              output: web %container.name
              priority: NOTICE
            - rule: exec outside db
              desc: d
              condition: evt.type = execve and not container.image.repository = shop/db
              output: not db %container.name
              priority: NOTICE
            """;

    private final List<Alert> told = new ArrayList<>();
    private final List<String> followed = new ArrayList<>();
    private final FakeSource source = new FakeSource();
    private final Young host = new Young();
    private final Counters counters = new Counters();

    @Test
    void ruleThatAsksForTheImageIsDecidedByTheImage() {
        source.then(1).then(() -> host.now = described("shop/web"));
        run("any", "x");
        assertThat(messages()).containsExactly("exec in web: web named");
    }

    @Test
    void excludedImageRaisesNothing() {
        source.then(1).then(() -> host.now = described("shop/db"));
        run("any", "x");
        assertThat(told).isEmpty();
    }

    @Test
    void consequencesOfACertainRuleDoNotWait() {
        source.then(1)
                .then(
                        () -> {
                            assertThat(followed).containsExactly("any exec");
                            assertThat(told).isEmpty();
                            host.now = described("shop/web");
                        });
        run("any", "any");
        assertThat(messages()).containsExactly("any exec: in named");
        assertThat(followed).containsExactly("any exec");
    }

    @Test
    void containerThatNoRuntimeKnowsIsDecidedByWhatIsKnown() {
        source.then(1).then(() -> host.now = unknown());
        run("any", "x");
        assertThat(messages()).containsExactly("exec outside db: not db <NA>");
    }

    @Test
    void whatStillWaitsAtTheEndIsTold() {
        source.then(1, 2, 3);
        run("any", "any");
        assertThat(messages()).containsOnly("any exec: in <NA>").hasSize(3);
    }

    @Test
    void moreThanMayWaitIsDecidedAtOnce() {
        long[] tids = java.util.stream.LongStream.rangeClosed(1, 1_500).toArray();
        source.then(tids).then(() -> host.now = described("shop/web"));
        run("any", "any");
        assertThat(whole()).hasSize(1_500);
        assertThat(counters.get(Counter.OPEN_OVERFLOWS))
                .isEqualTo(1_500 - OpenFindings.MOST_OF_ONE);
        assertThat(whole().stream().filter(a -> a.finding().message().contains("named")))
                .hasSize(OpenFindings.MOST_OF_ONE);
    }

    /**
     * Runs the source's batches.
     *
     * @param rule names the process that {@code any exec} looks for
     */
    private void run(String rule, String process) {
        host.process = process;
        HeldAlerts held =
                new HeldAlerts(
                        alert -> {
                            told.add(alert);
                            return 0;
                        },
                        counters);
        Consequences consequences =
                new Consequences() {
                    @Override
                    public void follow(Alert alert, Observation observation) {
                        followed.add(alert.finding().rule());
                        held.offer(alert);
                    }

                    @Override
                    public void tick() {
                        // Nothing is under way.
                    }
                };
        new Pipeline(
                        source,
                        host,
                        matcher(rule),
                        held,
                        consequences,
                        new Pipeline.Settings("box", true),
                        counters,
                        Losses.NONE,
                        new Logs().log())
                .run(() -> false);
    }

    private static Matcher matcher(String process) {
        String text = RULES.replace("proc.name = any", "proc.name = " + process);
        return new RuleLoader(LoadOptions.DEFAULT)
                .load(List.of(new RuleFile("r.yaml", text)))
                .ruleset()
                .matcher(MatchStrategy.FIRST, Selection.DEFAULT, Priority.DEBUG);
    }

    /** What was told in the end: a slow machine may have told it as pending before. */
    private List<Alert> whole() {
        return told.stream().filter(alert -> alert.standing() != Standing.PENDING).toList();
    }

    private List<String> messages() {
        return whole().stream()
                .map(alert -> alert.finding().rule() + ": " + first(alert.finding().message()))
                .toList();
    }

    /** Without what is appended to every output. */
    private static String first(String message) {
        int more = message.indexOf(" container_");
        return more < 0 ? message : message.substring(0, more);
    }

    private static Container unknown() {
        return container("", "");
    }

    private static Container described(String repository) {
        return container("named", repository);
    }

    private static Container container(String name, String repository) {
        return new Container(
                ID.substring(0, 12),
                ID,
                name,
                "docker",
                repository,
                "",
                repository,
                "",
                "",
                null,
                Map.of(),
                List.of(),
                "",
                0,
                false,
                false,
                false,
                "",
                null,
                false);
    }

    /** Every event is of one container. */
    private static final class Young implements Observer {
        private final Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
        private Container now = Container.pending(ID, "docker");
        private String process = "";

        @Override
        public Observation observe(Event event) {
            event.number(event.tid());
            Task task =
                    new Task(event.tid(), event.tid()).comm(dev.torimono.model.Text.of(process));
            return observation.set(event, task.container(now), null);
        }

        @Override
        public List<Ancestor> lineage(Task task) {
            return List.of();
        }

        @Override
        public @Nullable Container container(String fullId) {
            return now;
        }

        @Override
        public boolean describesLater() {
            return true;
        }

        @Override
        public void tick(long nowNs) {
            // Nothing changes by itself.
        }
    }
}
