// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.access.AccessKeys;
import dev.torimono.collector.access.AccessKeys.Purpose;
import dev.torimono.collector.access.Accounts;
import dev.torimono.collector.access.Accounts.Login;
import dev.torimono.collector.access.Accounts.RoleChange;
import dev.torimono.collector.access.Role;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Logging in, accounts, tokens and access keys. */
final class AccessApi {
    private static final String NAME = "[A-Za-z0-9._@-]{1,100}";

    private final Accounts accounts;
    private final AccessKeys keys;

    AccessApi(Accounts accounts, AccessKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/login",
                                Access.PUBLIC,
                                "Get a token for a password",
                                this::login)
                        .takes("Credentials")
                        .gives("Session"),
                Route.post("/api/v1/logout", Access.VIEWER, "End this session", this::logout),
                Route.get("/api/v1/me", Access.VIEWER, "Who am I?", AccessApi::me).gives("Account"),
                Route.post(
                                "/api/v1/me/password",
                                Access.VIEWER,
                                "Change my password",
                                this::password)
                        .takes("PasswordChange"),
                Route.get("/api/v1/accounts", Access.ADMIN, "All accounts", _ -> accounts())
                        .gives("Accounts"),
                Route.post("/api/v1/accounts", Access.ADMIN, "Add an account", this::addAccount)
                        .takes("NewAccount")
                        .gives("Account"),
                Route.put(
                                "/api/v1/accounts/{name}",
                                Access.ADMIN,
                                "Give one another role",
                                this::changeAccount)
                        .takes("AccountChange")
                        .gives("Account"),
                Route.delete(
                        "/api/v1/accounts/{name}", Access.ADMIN, "Remove one", this::deleteAccount),
                Route.get("/api/v1/tokens", Access.ADMIN, "All API tokens", _ -> tokens())
                        .gives("Tokens"),
                Route.post(
                                "/api/v1/tokens",
                                Access.VIEWER,
                                "Make an API token of mine",
                                this::addToken)
                        .takes("Named")
                        .gives("Token"),
                Route.delete("/api/v1/tokens/{id}", Access.ADMIN, "Revoke one", this::deleteToken),
                Route.get("/api/v1/access-keys", Access.ADMIN, "All access keys", _ -> keys())
                        .gives("AccessKeys"),
                Route.post("/api/v1/access-keys", Access.ADMIN, "Make an access key", this::addKey)
                        .takes("NewAccessKey")
                        .gives("Token"),
                Route.delete(
                        "/api/v1/access-keys/{id}", Access.ADMIN, "Revoke one", this::deleteKey));
    }

    private Reply login(Call call) {
        ObjectNode given = call.json();
        Login login =
                accounts.login(
                        given.path("username").asString(""),
                        given.path("password").asString(""),
                        call.address());
        return switch (login) {
            case Login.Welcome welcome ->
                    Reply.json(
                                    account(welcome.identity().account(), welcome.identity().role())
                                            .put("token", welcome.token()))
                            .with(
                                    "Set-Cookie",
                                    "torimono_session="
                                            + welcome.token()
                                            + "; Path=/; HttpOnly; Secure; SameSite=Strict");
            case Login.Refused _ ->
                    throw new ApiException(
                            ApiException.UNAUTHORIZED, "unauthorized", "wrong name or password");
            case Login.Later later ->
                    Reply.error(
                                    ApiException.TOO_MANY,
                                    "too_many_attempts",
                                    "too many failures; again in " + later.seconds() + " s")
                            .with("Retry-After", Long.toString(later.seconds()));
        };
    }

    private Reply logout(Call call) {
        accounts.logout(call.token());
        return Reply.nothing()
                .with("Set-Cookie", "torimono_session=; Path=/; Max-Age=0; HttpOnly; Secure");
    }

    private static Reply me(Call call) {
        Role role = call.caller().role();
        return Reply.json(account(call.caller().name(), role == null ? Role.VIEWER : role));
    }

    private static ObjectNode account(String name, Role role) {
        return Json.object().put("name", name).put("role", role.label());
    }

    private Reply password(Call call) {
        ObjectNode given = call.json();
        String account = call.caller().name();
        Login login = accounts.login(account, given.path("old").asString(""), call.address());
        if (!(login instanceof Login.Welcome)) {
            throw new ApiException(ApiException.FORBIDDEN, "forbidden", "old: wrong password");
        }
        accounts.changePassword(account, strong(given.path("new").asString("")));
        return Reply.nothing();
    }

    private static String strong(String password) {
        String weakness = Accounts.weakness(password);
        if (!weakness.isEmpty()) {
            throw ApiException.invalid(weakness);
        }
        return password;
    }

    private Reply accounts() {
        ArrayNode all = Json.array();
        accounts.accounts().forEach(account -> all.add(account(account.name(), account.role())));
        return Reply.json(all);
    }

    private Reply addAccount(Call call) {
        ObjectNode given = call.json();
        String name = given.path("name").asString("");
        if (!name.matches(NAME)) {
            throw ApiException.invalid("name: must be letters, digits and . _ @ -");
        }
        Role role = role(given);
        if (!accounts.create(name, strong(given.path("password").asString("")), role)) {
            throw ApiException.conflict("name: there is an account " + name + " already");
        }
        ObjectNode made = account(name, role);
        return Reply.created(made).about(made);
    }

    private static Role role(ObjectNode given) {
        Role role = Role.parse(given.path("role").asString(""));
        if (role == null) {
            throw ApiException.invalid("role: must be viewer, analyst or admin");
        }
        return role;
    }

    private Reply changeAccount(Call call) {
        String name = call.text("name");
        Role role = role(call.json());
        return switch (accounts.changeRole(name, role)) {
            case RoleChange.Done done ->
                    Reply.json(account(name, role))
                            .about(account(name, role).put("before", done.before().label()));
            case RoleChange.Nobody _ -> throw ApiException.notFound("account " + name);
            case RoleChange.LastAdmin _ ->
                    throw ApiException.conflict(
                            name + ": is the last administrator; make another one first");
        };
    }

    private Reply deleteAccount(Call call) {
        if (!accounts.delete(call.text("name"))) {
            throw ApiException.conflict(
                    call.text("name") + ": no such account, or the last administrator");
        }
        return Reply.nothing();
    }

    private Reply tokens() {
        ArrayNode all = Json.array();
        for (Accounts.Token token : accounts.tokens()) {
            all.addObject()
                    .put("id", token.id())
                    .put("name", token.name())
                    .put("account", token.account())
                    .put("createdOn", token.createdMs());
        }
        return Reply.json(all);
    }

    private Reply addToken(Call call) {
        String token = accounts.createToken(call.caller().name(), name(call));
        return Reply.created(Json.object().put("token", token));
    }

    private static String name(Call call) {
        String name = call.json().path("name").asString("");
        if (name.isBlank()) {
            throw ApiException.invalid("name: must not be empty");
        }
        return name;
    }

    private Reply deleteToken(Call call) {
        return gone(accounts.revokeToken(call.number("id")), "token " + call.text("id"));
    }

    private Reply keys() {
        ArrayNode all = Json.array();
        for (AccessKeys.AccessKey key : keys.all()) {
            all.addObject()
                    .put("id", key.id())
                    .put("name", key.name())
                    .put("purpose", key.purpose().name().toLowerCase(Locale.ROOT))
                    .put("createdOn", key.createdMs())
                    .put("revoked", key.revoked());
        }
        return Reply.json(all);
    }

    private Reply addKey(Call call) {
        String purpose = call.json().path("purpose").asString("enrol");
        Purpose of =
                switch (purpose) {
                    case "enrol" -> Purpose.ENROL;
                    case "ingest" -> Purpose.INGEST;
                    default -> throw ApiException.invalid("purpose: must be enrol or ingest");
                };
        return Reply.created(Json.object().put("token", keys.create(name(call), of)));
    }

    private Reply deleteKey(Call call) {
        return gone(keys.revoke(call.number("id")), "access key " + call.text("id"));
    }

    private static Reply gone(boolean was, String what) {
        if (!was) {
            throw ApiException.notFound(what);
        }
        return Reply.nothing();
    }
}
