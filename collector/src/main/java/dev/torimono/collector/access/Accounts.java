// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import dev.torimono.collector.state.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Accounts of people and programs, and the tokens that stand for them. */
public final class Accounts {
    public static final String ADMIN = "admin";
    private static final int PASSWORD_CHARS = 20;
    private static final int MIN_PASSWORD_CHARS = 10;
    private static final long SESSION_MS = TimeUnit.HOURS.toMillis(12);

    /** Checked when there is no such account, so that both take the same time. */
    private static final String NOBODY = Passwords.hash("nobody");

    private final Database database;
    private final InstantSource clock;
    private final LoginLimit limit;

    public Accounts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.limit = new LoginLimit(clock);
    }

    /**
     * An account without its secrets.
     *
     * @param name its name
     * @param role what it may do
     */
    public record Account(String name, Role role) {}

    /**
     * A token without its secret.
     *
     * @param id its number
     * @param name what it is for
     * @param account whom it stands for
     * @param createdMs since when, ms since the epoch
     */
    public record Token(long id, String name, String account, long createdMs) {}

    /** The first account; its password when it was only now made. */
    public Optional<String> ensureAdmin() {
        if (!accounts().isEmpty()) {
            return Optional.empty();
        }
        String password = Secrets.password(PASSWORD_CHARS);
        create(ADMIN, password, Role.ADMIN);
        return Optional.of(password);
    }

    public List<Account> accounts() {
        return database.list(
                "SELECT name, role FROM account ORDER BY name",
                row -> new Account(row.getString(1), Role.valueOf(row.getString(2))));
    }

    /** False when there is one of that name. */
    public boolean create(String name, String password, Role role) {
        return database.change(
                        "INSERT INTO account (name, password, role, created) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        name,
                        Passwords.hash(password),
                        role.name(),
                        clock.millis())
                == 1;
    }

    /** Why a password will not do; empty when it will. */
    public static String weakness(String password) {
        return password.length() < MIN_PASSWORD_CHARS
                ? "password: must have at least " + MIN_PASSWORD_CHARS + " characters"
                : "";
    }

    /** Removes an account, its tokens and views; never the last administrator. */
    public boolean delete(String name) {
        return database.together(
                () -> {
                    if (!hasAdminBeside(name)) {
                        return false;
                    }
                    database.change("DELETE FROM token WHERE account = ?", name);
                    database.change("DELETE FROM saved_view WHERE account = ?", name);
                    return database.change("DELETE FROM account WHERE name = ?", name) == 1;
                });
    }

    private boolean hasAdminBeside(String name) {
        return accounts().stream()
                .anyMatch(account -> account.role() == Role.ADMIN && !account.name().equals(name));
    }

    /** What came of giving another role. */
    public sealed interface RoleChange {
        /** It had this one before. */
        record Done(Role before) implements RoleChange {}

        /** There is no such account. */
        record Nobody() implements RoleChange {}

        /** It is the last administrator. */
        record LastAdmin() implements RoleChange {}
    }

    /** Sessions and tokens may what the account may, from their next call on. */
    public RoleChange changeRole(String name, Role role) {
        return database.together(
                () -> {
                    Optional<Identity> known = identity(name);
                    if (known.isEmpty()) {
                        return new RoleChange.Nobody();
                    }
                    if (role != Role.ADMIN && !hasAdminBeside(name)) {
                        return new RoleChange.LastAdmin();
                    }
                    database.change(
                            "UPDATE account SET role = ? WHERE name = ?", role.name(), name);
                    return new RoleChange.Done(known.get().role());
                });
    }

    /** Sets another password and ends every session. */
    public boolean changePassword(String name, String password) {
        String hash = Passwords.hash(password);
        return database.together(
                () -> {
                    database.change(
                            "DELETE FROM token WHERE account = ? AND kind = 'session'", name);
                    return database.change(
                                    "UPDATE account SET password = ? WHERE name = ?", hash, name)
                            == 1;
                });
    }

    /** What a log-in came to. */
    public sealed interface Login {
        /** It is who it says. */
        record Welcome(Identity identity, String token) implements Login {}

        /** Wrong name or password. */
        record Refused() implements Login {}

        /** Too many failures; tells how long to wait. */
        record Later(long seconds) implements Login {}
    }

    public Login login(String name, String password, String address) {
        long waitSeconds = limit.waitSeconds(name, address);
        if (waitSeconds > 0) {
            return new Login.Later(waitSeconds);
        }
        Optional<String> hash =
                database.first(
                        "SELECT password FROM account WHERE name = ?",
                        row -> row.getString(1),
                        name);
        if (!Passwords.fits(password, hash.orElse(NOBODY)) || hash.isEmpty()) {
            limit.failed(name, address);
            return new Login.Refused();
        }
        limit.succeeded(name, address);
        Identity identity = identity(name).orElseThrow();
        return new Login.Welcome(identity, issue(name, "session", "session", SESSION_MS));
    }

    private Optional<Identity> identity(String name) {
        return database.first(
                "SELECT name, role FROM account WHERE name = ?",
                row -> new Identity(row.getString(1), Role.valueOf(row.getString(2))),
                name);
    }

    /** Makes a token that stands for an account until it is revoked; told this once. */
    public String createToken(String account, String name) {
        return issue(account, name, "api", 0);
    }

    private String issue(String account, String name, String kind, long lifetimeMs) {
        String token = Secrets.token("tmt_");
        long nowMs = clock.millis();
        database.change("DELETE FROM token WHERE expires > 0 AND expires < ?", nowMs);
        database.insert(
                "INSERT INTO token (hash, name, account, kind, created, expires) VALUES (?, ?, ?,"
                        + " ?, ?, ?)",
                Secrets.hash(token),
                name,
                account,
                kind,
                nowMs,
                lifetimeMs == 0 ? 0 : nowMs + lifetimeMs);
        return token;
    }

    public List<Token> tokens() {
        return database.list(
                "SELECT id, name, account, created FROM token WHERE kind = 'api' ORDER BY id",
                row ->
                        new Token(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4)));
    }

    public boolean revokeToken(long id) {
        return database.change("DELETE FROM token WHERE id = ? AND kind = 'api'", id) == 1;
    }

    /** Ends one session. */
    public void logout(String token) {
        database.change(
                "DELETE FROM token WHERE hash = ? AND kind = 'session'", Secrets.hash(token));
    }

    /** Whom a token stands for. */
    public Optional<Identity> byToken(String token) {
        return database.first(
                "SELECT account.name, account.role FROM token JOIN account ON account.name ="
                        + " token.account WHERE token.hash = ? AND (token.expires = 0 OR"
                        + " token.expires > ?)",
                row -> new Identity(row.getString(1), Role.valueOf(row.getString(2))),
                Secrets.hash(token),
                clock.millis());
    }
}
