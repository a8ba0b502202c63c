// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench.load;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many agents, one collector: bursts of alerts by the real protocol beside somebody who looks at
 * the feed; then whether each is there once. {@code DATA [agents] [alerts a second] [seconds]
 * [prefill]}
 */
public final class CollectorLoad {
    private static final int FEED = 50;

    /** Other agents may tell theirs meanwhile. */
    private static final String OURS =
            URLEncoder.encode("ruleName contains \"Rule number\"", StandardCharsets.UTF_8);

    private static final Map<String, String> QUERIES = queries();

    private CollectorLoad() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("feed", "");
        queries.put("feed by severity", "severity in (\"0\",\"1\",\"2\",\"3\")");
        queries.put("feed by rule", "ruleName = \"Rule number 17\"");
        queries.put("feed by text", "freeText = \"worker 17\"");
        queries.put(
                "feed by namespace and rule",
                "kubernetes.namespace.name = ns-3 and ruleName contains \"number 1\"");
        return queries;
    }

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        int agentCount = number(args, 1, 200);
        int rate = number(args, 2, 5000);
        int seconds = number(args, 3, 60);
        int prefill = number(args, 4, 0);
        String key = Files.readString(data.resolve("access.key")).strip();
        String token = Files.readString(data.resolve("cli.token")).strip();
        try (Api api = new Api(data);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Run run = new Run(api, key, token, threads);
            run.enrol(agentCount);
            if (prefill > 0) {
                run.prefill(prefill);
            }
            run.load(rate, seconds);
            run.verify();
            System.out.printf(
                    "driver: %.1f s of CPU time%n",
                    ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis()
                            / 1e3);
            threads.shutdownNow();
        }
    }

    private static int number(String[] args, int index, int fallback) {
        return args.length > index ? Integer.parseInt(args[index]) : fallback;
    }

    private static final class Run {
        private final Api api;
        private final String key;
        private final String token;
        private final ExecutorService threads;
        private final Latencies batches = new Latencies();
        private final Latencies untilKept = new Latencies();
        private final AtomicLong refused = new AtomicLong();
        private final List<LoadAgent> agents = new ArrayList<>();
        private final List<Future<?>> background = new ArrayList<>();
        private final Random random = new Random(5);
        private volatile boolean ended;

        Run(Api api, String key, String token, ExecutorService threads) {
            this.api = api;
            this.key = key;
            this.token = token;
            this.threads = threads;
        }

        void enrol(int count) throws IOException, InterruptedException {
            long startNs = System.nanoTime();
            for (int i = 0; i < count; i++) {
                agents.add(new LoadAgent(api, key, i, batches, untilKept, refused));
            }
            for (LoadAgent agent : agents) {
                background.add(threads.submit(agent::run));
                background.add(threads.submit(() -> syncing(agent)));
            }
            say(
                    "%d agents enrolled in %.1f s"
                            .formatted(count, (System.nanoTime() - startNs) / 1e9));
        }

        private void syncing(LoadAgent agent) {
            try {
                while (!ended) {
                    agent.sync(20_000);
                }
            } catch (IOException e) {
                // The next one, or the end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Over the seven days before, as fast as they are taken. */
        void prefill(int events) throws InterruptedException {
            long startNs = System.nanoTime();
            Instant now = Instant.now();
            int done = 0;
            while (done < events) {
                LoadAgent agent = agents.get(done / 500 % agents.size());
                long ago = Duration.ofDays(7).toSeconds() * (events - done) / events;
                agent.burst(500, now.minusSeconds(ago));
                done += 500;
                while (made() - kept() > 20_000) {
                    Thread.sleep(5);
                }
            }
            await();
            double took = (System.nanoTime() - startNs) / 1e9;
            say("%d events before, in %.0f s: %.0f a second".formatted(done, took, done / took));
        }

        private long made() {
            return agents.stream().mapToLong(LoadAgent::made).sum();
        }

        private long kept() {
            return agents.stream().mapToLong(LoadAgent::kept).sum();
        }

        private void await() throws InterruptedException {
            while (kept() < made()) {
                Thread.sleep(20);
            }
        }

        /** Each second so many, in bursts of 50 to 500 of agents drawn at random. */
        void load(int rate, int seconds) throws Exception {
            Map<String, Latencies> queries = new LinkedHashMap<>();
            QUERIES.keySet().forEach(name -> queries.put(name, new Latencies()));
            Future<?> querying = threads.submit(() -> query(queries));
            long madeBefore = made();
            long startNs = System.nanoTime();
            for (int second = 0; second < seconds; second++) {
                int left = rate;
                while (left > 0) {
                    int burst = Math.min(left, 50 + random.nextInt(451));
                    agents.get(random.nextInt(agents.size())).burst(burst, Instant.now());
                    left -= burst;
                }
                long dueNs = startNs + TimeUnit.SECONDS.toNanos(second + 1L);
                long waitNs = dueNs - System.nanoTime();
                if (waitNs > 0) {
                    TimeUnit.NANOSECONDS.sleep(waitNs);
                }
            }
            double madeIn = (System.nanoTime() - startNs) / 1e9;
            await();
            double keptIn = (System.nanoTime() - startNs) / 1e9;
            long count = made() - madeBefore;
            ended = true;
            querying.get();
            say("%d alerts made in %.1f s, all kept after %.1f s".formatted(count, madeIn, keptIn));
            say("%.0f a second; %d batches told again".formatted(count / keptIn, refused.get()));
            say("a batch (up to 500): %s".formatted(batches));
            say("an alert, made to kept (prefill included): %s".formatted(untilKept));
            queries.forEach((name, latencies) -> say(name + ": " + latencies));
        }

        private void query(Map<String, Latencies> queries) {
            try {
                while (!ended) {
                    for (Map.Entry<String, String> query : QUERIES.entrySet()) {
                        long startNs = System.nanoTime();
                        String filter = URLEncoder.encode(query.getValue(), StandardCharsets.UTF_8);
                        var _ =
                                api.get(
                                        "/secure/events/v1/events?limit="
                                                + FEED
                                                + "&filter="
                                                + filter,
                                        token);
                        queries.get(query.getKey()).add(System.nanoTime() - startNs);
                    }
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                say("a query failed: %s".formatted(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void verify() throws IOException, InterruptedException {
            long total = 0;
            // What was kept last is seen within half a second.
            for (int attempt = 0; attempt < 20 && total != made(); attempt++) {
                Thread.sleep(500);
                total =
                        api.get("/secure/events/v1/events?limit=1&filter=" + OURS, token)
                                .path("page")
                                .path("total")
                                .asLong(-1);
            }
            say(
                    "stored %d of %d: %s"
                            .formatted(total, made(), total == made() ? "each once" : "WRONG"));
            if (total != made()) {
                throw new IOException("alerts were lost, or there were some before");
            }
        }

        private static void say(String text) {
            System.out.println(text);
        }
    }
}
