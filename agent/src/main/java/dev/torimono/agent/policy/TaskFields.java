// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.model.Container;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.User;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What findings that no rule makes say of the process and its container. */
public final class TaskFields {
    private TaskFields() {}

    /** Adds them to the output fields, and the most telling to the message. */
    public static void add(
            Task task,
            Observation observation,
            Map<String, @Nullable Object> fields,
            StringBuilder message) {
        fields.put("proc.name", task.comm().toString());
        fields.put("proc.pid", task.pid());
        fields.put("proc.cmdline", task.commandLine().toString());
        fields.put("proc.exepath", task.image().path().toString());
        User user = observation.user(task.credentials().uid());
        fields.put("user.uid", task.credentials().uid());
        fields.put("user.name", user == null ? null : user.name().toString());
        message.append(" command=").append(task.commandLine());
        Container container = observation.container();
        if (container != null) {
            fields.put("container.id", container.id());
            fields.put("container.name", container.name());
            fields.put("container.image.repository", container.imageRepository());
            message.append(" container=").append(container.id());
            message.append(" name=").append(container.name());
            message.append(" image=").append(container.image());
        }
    }
}
