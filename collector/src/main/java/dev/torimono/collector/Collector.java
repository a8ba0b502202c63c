// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.access.AccessKeys;
import dev.torimono.collector.access.AccessKeys.Purpose;
import dev.torimono.collector.access.Accounts;
import dev.torimono.collector.access.Certificate;
import dev.torimono.collector.access.SavedViews;
import dev.torimono.collector.api.Api;
import dev.torimono.collector.api.Intake;
import dev.torimono.collector.backup.Snapshots;
import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.event.EventCodec;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Bundles;
import dev.torimono.collector.fleet.Diagnoses;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Rollout;
import dev.torimono.collector.forward.Cursors;
import dev.torimono.collector.forward.Forwarders;
import dev.torimono.collector.notify.MailServer;
import dev.torimono.collector.notify.Notifier;
import dev.torimono.collector.respond.AcquiredFiles;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.state.History;
import dev.torimono.collector.state.Settings;
import dev.torimono.collector.state.StateException;
import dev.torimono.collector.state.Vault;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.RetentionPlan;
import dev.torimono.collector.store.RetentionPlan.Kept;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.lucene.LuceneEventStore;
import dev.torimono.collector.tree.Deeds;
import dev.torimono.collector.triage.Arrivals;
import dev.torimono.collector.triage.Incidents;
import dev.torimono.collector.triage.Mutes;
import dev.torimono.collector.web.Gate;
import dev.torimono.collector.web.HttpServer;
import dev.torimono.collector.web.WebCounters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The whole collector: opens its rooms in order, and closes them again. */
public final class Collector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("torimono.collector");
    private static final long REFRESH_MS = 500;
    private static final int QUEUE_EVENTS = 50_000;
    private static final int QUEUE_DEEDS = 20_000;
    private static final String ACTIVITY = "activity";
    private static final String ACQUIRED = "acquired";
    private static final String TLS = "tls";

    /** Of the room for events, what trees may take beside it. */
    private static final int ACTIVITY_SHARE = 10;

    private static final long IDLE_MS = 60_000;
    private static final long UPKEEP_MINUTES = 10;
    private static final long ROLLOUT_SECONDS = 2;

    private final CollectorConfig config;
    private final InstantSource clock;
    private final DataFolder folder;
    private final Database database;
    private final EventStore store;
    private final EventStore activity;
    private final Intake intake;
    private final Notifier notifier;
    private final Forwarders forwarders;
    private final Fleet fleet;
    private final RetentionPlan retention;
    private final Executions executions;
    private final AcquiredFiles files;
    private final Audit audit;
    private final HttpServer server;
    private volatile Certificate shown;
    private final ScheduledExecutorService upkeep =
            Executors.newSingleThreadScheduledExecutor(
                    work -> Thread.ofPlatform().daemon().name("upkeep").unstarted(work));

    private Collector(CollectorConfig config, InstantSource clock, long refreshMs)
            throws IOException {
        this.config = config;
        this.clock = clock;
        this.folder = DataFolder.open(config.data());
        Certificate certificate = certificate();
        this.shown = certificate;
        this.database = new Database(folder.file("collector.db"));
        Accounts accounts = new Accounts(database, clock);
        AccessKeys keys = new AccessKeys(database, clock);
        greet(accounts, keys, certificate);
        this.audit = new Audit(database, clock);
        Vault vault = Vault.in(folder.file(DataFolder.SECRET_KEY));
        Documents documents = new Documents(database, vault, clock);
        Catalog catalog = new Catalog(documents, clock);
        Agents agents = new Agents(database, clock);
        Bundles bundles = new Bundles(database, clock);
        Settings settings = new Settings(database);
        Rollout rollout = new Rollout(bundles, settings, catalog.current(), clock);
        this.retention =
                new RetentionPlan(settings, new Kept(config.retentionDays(), config.maxBytes()));
        this.fleet = new Fleet(catalog, rollout, agents, clock);
        Cursors cursors = new Cursors(database);
        LuceneEventStore embedded =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(
                                folder.file("store"), refreshMs, QUEUE_EVENTS, cursors.furthest()),
                        EventCodec::stored,
                        clock);
        this.store = embedded;
        LuceneEventStore trees =
                new LuceneEventStore(
                        new LuceneEventStore.Settings(
                                folder.file(ACTIVITY), refreshMs, QUEUE_DEEDS),
                        Deeds::stored,
                        clock);
        this.activity = trees;
        AcquiredFiles acquired = new AcquiredFiles(folder.file(ACQUIRED));
        this.files = acquired;
        Snapshots snapshots =
                new Snapshots(
                        config.data(),
                        database,
                        into -> {
                            trees.snapshot(into.resolveSibling(ACTIVITY));
                            acquired.link(into.resolveSibling(ACQUIRED));
                            return embedded.snapshot(into);
                        },
                        clock);
        snapshots.discard();
        this.notifier = new Notifier(database, documents, mail(config.mail()), clock);
        Mutes mutes = new Mutes(database, clock);
        this.executions = new Executions(database, clock);
        executions.onChange(fleet::wake);
        Incidents incidents = new Incidents(store, nowNs());
        this.intake =
                new Intake(
                        store, new Arrivals(mutes, incidents), Notifier::concerns, notifier::told);
        this.forwarders =
                new Forwarders(documents, store, cursors, folder.file("forwarded"), clock);
        WebCounters counters = new WebCounters();
        Metrics metrics =
                new Metrics(
                        store,
                        activity,
                        intake,
                        agents,
                        fleet,
                        notifier,
                        new ForwardMetrics(documents, forwarders),
                        counters,
                        clock);
        this.server =
                new HttpServer(
                        new HttpServer.Settings(config.host(), config.port(), IDLE_MS),
                        certificate,
                        Api.routes(
                                new Api.Rooms(
                                        store,
                                        activity,
                                        intake,
                                        accounts,
                                        keys,
                                        documents,
                                        new Shipped(),
                                        new History(database),
                                        catalog,
                                        agents,
                                        fleet,
                                        rollout,
                                        bundles,
                                        new Diagnoses(database, clock),
                                        retention,
                                        () -> config.data().toFile().getUsableSpace(),
                                        new SavedViews(database, clock),
                                        config.tokenMs(),
                                        notifier,
                                        forwarders,
                                        snapshots,
                                        audit,
                                        mutes,
                                        incidents,
                                        executions,
                                        files,
                                        clock,
                                        metrics::text)),
                        new Gate(accounts, keys, agents::byToken, agents::isRevoked),
                        audit,
                        counters);
    }

    /**
     * Starts one; when this returns it answers.
     *
     * @throws CollectorException when it cannot
     */
    public static Collector start(CollectorConfig config) {
        return start(config, InstantSource.system(), REFRESH_MS);
    }

    static Collector start(CollectorConfig config, InstantSource clock, long refreshMs) {
        try {
            Collector collector = new Collector(config, clock, refreshMs);
            collector.serve();
            return collector;
        } catch (IOException | StateException | StoreException | IllegalArgumentException e) {
            throw new CollectorException("collector: cannot start: " + e.getMessage(), e);
        }
    }

    private void serve() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw e;
        }
        folder.secret(DataFolder.URL, url());
        ScheduledFuture<?> _ =
                upkeep.scheduleWithFixedDelay(this::upkeep, 1, UPKEEP_MINUTES, TimeUnit.MINUTES);
        ScheduledFuture<?> _ =
                upkeep.scheduleWithFixedDelay(
                        this::tick, ROLLOUT_SECONDS, ROLLOUT_SECONDS, TimeUnit.SECONDS);
        LOG.log(System.Logger.Level.INFO, "collector: ready at " + url());
    }

    public int port() {
        return server.port();
    }

    /** Where it is reached on this machine. */
    public String url() {
        String host = config.host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        return "https://" + (any ? "localhost" : host) + ":" + server.port();
    }

    private Certificate certificate() throws IOException {
        Path given = config.certificate();
        Path key = config.key();
        if (given != null && key != null) {
            return Certificate.read(given, key);
        }
        Certificate own = Certificate.in(folder.file(TLS), config.names());
        return Certificate.renew(folder.file(TLS), config.names(), clock.instant()).orElse(own);
    }

    /** Before it ends: our own is renewed, and of one that was given it is told. */
    void renewCertificate() throws IOException {
        Instant now = clock.instant();
        Path given = config.certificate();
        Path key = config.key();
        if (given != null && key != null) {
            // Whoever gave it may have given another one by now.
            Certificate there = Certificate.read(given, key);
            if (!there.fingerprint().equals(shown.fingerprint())) {
                show(there);
            } else if (there.endsSoon(now)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "collector: the certificate "
                                + given
                                + " ends at "
                                + there.ends()
                                + "; put another one in its place, it is taken without a restart");
            }
            return;
        }
        Optional<Certificate> renewed =
                Certificate.renew(folder.file(TLS), config.names(), clock.instant());
        if (renewed.isPresent()) {
            show(renewed.get());
        }
    }

    private void show(Certificate certificate) throws IOException {
        server.show(certificate);
        shown = certificate;
        LOG.log(
                System.Logger.Level.INFO,
                "collector: another certificate, until "
                        + certificate.ends()
                        + ": fingerprint (SHA-256) "
                        + certificate.fingerprint()
                        + "; agents that reached us before go on by its key");
    }

    private static MailServer mail(CollectorConfig.Mail mail) {
        return new MailServer(
                mail.host(),
                mail.port(),
                MailServer.Security.of(mail.security()),
                mail.username(),
                mail.password(),
                mail.from(),
                mail.authorities());
    }

    /** What a first start has to say, and what programs on this machine may read. */
    private void greet(Accounts accounts, AccessKeys keys, Certificate certificate)
            throws IOException {
        LOG.log(
                System.Logger.Level.INFO,
                "collector: certificate fingerprint (SHA-256) " + certificate.fingerprint());
        String password = accounts.ensureAdmin().orElse("");
        if (!password.isEmpty()) {
            folder.secret(
                    DataFolder.CLI_TOKEN, accounts.createToken(Accounts.ADMIN, "command line"));
            folder.secret(DataFolder.ACCESS_KEY, keys.create("this machine", Purpose.ENROL));
            LOG.log(
                    System.Logger.Level.INFO,
                    "collector: first start: log in as admin with the password "
                            + password
                            + " (it is not shown again)");
        }
    }

    private void tick() {
        try {
            fleet.tick();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "collector: roll-out failed", e);
        }
    }

    private long nowNs() {
        Instant now = clock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private void upkeep() {
        try {
            long nowNs = nowNs();
            Retention bounds = retention.kept().retention();
            forwarders.losing(() -> expire(bounds, nowNs));
            activity.expire(
                    new Retention(bounds.maxAgeNs(), bounds.maxBytes() / ACTIVITY_SHARE), nowNs);
            audit.trim();
            executions.trim();
            files.trim();
            renewCertificate();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "collector: upkeep failed", e);
        }
    }

    private void expire(Retention bounds, long nowNs) {
        long gone = store.expire(bounds, nowNs);
        if (gone > 0) {
            LOG.log(System.Logger.Level.INFO, "collector: " + gone + " events expired");
        }
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        // Those who wait for news would keep the server from stopping.
        fleet.close();
        server.close();
        intake.close();
        forwarders.close();
        store.close();
        activity.close();
        notifier.close();
        database.close();
        folder.close();
        LOG.log(System.Logger.Level.INFO, "collector: stopped");
    }
}
