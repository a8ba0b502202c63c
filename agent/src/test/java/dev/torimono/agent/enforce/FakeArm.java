// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Enforcement;
import dev.torimono.model.HeldFile;
import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An arm that writes down what it is told. */
final class FakeArm implements Enforcement {
    final List<String> settled = new ArrayList<>();
    final List<Long> awaited = new ArrayList<>();
    final List<Boolean> expected = new CopyOnWriteArrayList<>();
    final List<Arming> asked = new CopyOnWriteArrayList<>();
    final List<String> disarmed = new CopyOnWriteArrayList<>();
    final Map<String, Armed> answers = new ConcurrentHashMap<>();
    final List<String> read = new ArrayList<>();
    int renewed;

    @Override
    public boolean tell(long tid, String line) {
        read.add(tid + ": " + line);
        return true;
    }

    @Override
    public void judge(Judge judge) {
        // Tests ask the judge themselves.
    }

    @Override
    public void renew(Set<String> names) {
        renewed++;
    }

    @Override
    public void expect(boolean acting) {
        expected.add(acting);
    }

    @Override
    public Armed arm(Arming arming) {
        asked.add(arming);
        return answers.getOrDefault(
                arming.container(), new Armed(arming.container(), 0, 0, "", "nothing yet"));
    }

    @Override
    public void disarm(String container) {
        disarmed.add(container);
    }

    @Override
    public List<Armed> armed() {
        return List.copyOf(answers.values());
    }

    @Override
    public void await(long pid, long untilNs) {
        awaited.add(pid);
    }

    @Override
    public void settle(long pid, long startNs, boolean kill) {
        settled.add(pid + (kill ? " killed" : " goes on"));
    }

    @Override
    public @Nullable HeldFile look(long tid, Text path) {
        return null;
    }

    @Override
    public Tally tally() {
        return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
