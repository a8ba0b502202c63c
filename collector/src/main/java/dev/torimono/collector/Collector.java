// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.access.AccessKeys;
import dev.torimono.collector.access.AccessKeys.Purpose;
import dev.torimono.collector.access.Accounts;
import dev.torimono.collector.access.SavedViews;
import dev.torimono.collector.api.Api;
import dev.torimono.collector.api.Intake;
import dev.torimono.collector.backup.Snapshots;
import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Bundles;
import dev.torimono.collector.fleet.Diagnoses;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Rollout;
import dev.torimono.collector.forward.Cursors;
import dev.torimono.collector.forward.Forwarders;
import dev.torimono.collector.notify.MailServer;
import dev.torimono.collector.notify.Notifier;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.state.History;
import dev.torimono.collector.state.Settings;
import dev.torimono.collector.state.StateException;
import dev.torimono.collector.state.Vault;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.RetentionPlan;
import dev.torimono.collector.store.RetentionPlan.Kept;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.triage.Arrivals;
import dev.torimono.collector.triage.Incidents;
import dev.torimono.collector.triage.Mutes;
import dev.torimono.collector.web.Gate;
import dev.torimono.collector.web.HttpServer;
import dev.torimono.collector.web.WebCounters;
import dev.torimono.model.Epoch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;

/** The whole collector: opens its rooms in order, and closes them again. */
public final class Collector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("torimono.collector");
    private static final long REFRESH_MS = 500;
    private static final String TLS = "tls";
    private static final long IDLE_MS = 60_000;

    private final CollectorConfig config;
    private final DataFolder folder;
    private final ShownCertificate certificate;
    private final Database database;
    private final Stores stores;
    private final Intake intake;
    private final Notifier notifier;
    private final Forwarders forwarders;
    private final Fleet fleet;
    private final HttpServer server;
    private final Upkeep upkeep;

    private Collector(CollectorConfig config, InstantSource clock, long refreshMs)
            throws IOException {
        this.config = config;
        this.folder = DataFolder.open(config.data());
        checkPort(config);
        this.certificate = new ShownCertificate(config, folder.file(TLS), clock);
        this.database = new Database(folder.file("collector.db"));
        Accounts accounts = new Accounts(database, clock);
        AccessKeys keys = new AccessKeys(database, clock);
        greet(accounts, keys);
        Audit audit = new Audit(database, clock);
        Vault vault = Vault.in(folder.file(DataFolder.SECRET_KEY));
        Documents documents = new Documents(database, vault, clock);
        Catalog catalog = new Catalog(documents, clock);
        Agents agents = new Agents(database, clock);
        Bundles bundles = new Bundles(database, clock);
        Settings settings = new Settings(database);
        Rollout rollout = new Rollout(bundles, settings, catalog.current(), clock);
        RetentionPlan retention =
                new RetentionPlan(settings, new Kept(config.retentionDays(), config.maxBytes()));
        this.fleet = new Fleet(catalog, rollout, agents, clock);
        Cursors cursors = new Cursors(database);
        this.stores = Stores.open(folder, cursors, clock, refreshMs);
        EventStore store = stores.events();
        Snapshots snapshots = stores.snapshots(config.data(), database, clock);
        snapshots.discard();
        this.notifier = new Notifier(database, documents, mail(config.mail()), clock);
        Mutes mutes = new Mutes(database, clock);
        Executions executions = new Executions(database, clock);
        executions.onChange(fleet::wake);
        Incidents incidents = new Incidents(store, Epoch.ns(clock.instant()));
        this.intake =
                new Intake(
                        store, new Arrivals(mutes, incidents), Notifier::concerns, notifier::told);
        this.forwarders =
                new Forwarders(documents, store, cursors, folder.file("forwarded"), clock);
        WebCounters counters = new WebCounters();
        Metrics metrics =
                new Metrics(
                        store,
                        stores.activity(),
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
                        certificate.now(),
                        Api.routes(
                                new Api.Rooms(
                                        store,
                                        stores.activity(),
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
                                        stores.files(),
                                        clock,
                                        metrics::text)),
                        new Gate(accounts, keys, agents::byToken, agents::isRevoked),
                        audit,
                        counters);
        this.upkeep =
                new Upkeep(
                        new Upkeep.What(
                                stores,
                                retention,
                                forwarders,
                                audit,
                                executions,
                                fleet,
                                this::renewCertificate),
                        clock);
    }

    /** Before a first start tells a password that nobody could use. */
    private static void checkPort(CollectorConfig config) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(config.host(), config.port()));
        } catch (IOException e) {
            throw new IOException(
                    config.host()
                            + ":"
                            + config.port()
                            + ": "
                            + e.getMessage()
                            + "; collector.listen names another place",
                    e);
        }
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
        upkeep.begin();
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

    /** Before it ends. */
    void renewCertificate() throws IOException {
        certificate.renew(server);
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
    private void greet(Accounts accounts, AccessKeys keys) throws IOException {
        LOG.log(
                System.Logger.Level.INFO,
                "collector: certificate fingerprint (SHA-256) " + certificate.now().fingerprint());
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

    @Override
    public void close() {
        upkeep.close();
        // Those who wait for news would keep the server from stopping.
        fleet.close();
        server.close();
        intake.close();
        forwarders.close();
        stores.close();
        notifier.close();
        database.close();
        folder.close();
        LOG.log(System.Logger.Level.INFO, "collector: stopped");
    }
}
