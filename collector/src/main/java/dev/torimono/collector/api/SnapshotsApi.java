// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.backup.Snapshots;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;

/** For backups: a snapshot in the data folder, for whoever may read that. */
final class SnapshotsApi {
    private static final String PATH = "/api/v1/snapshot";

    private final Snapshots snapshots;

    SnapshotsApi(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                PATH,
                                Access.ADMIN,
                                "Take a snapshot of everything",
                                _ -> Reply.created(snapshots.take()))
                        .gives("Snapshot"),
                Route.delete(
                        PATH,
                        Access.ADMIN,
                        "Let go of it",
                        _ -> {
                            snapshots.discard();
                            return Reply.nothing();
                        }));
    }
}
