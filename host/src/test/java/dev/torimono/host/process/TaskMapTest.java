// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Task;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskMapTest {
    @Test
    void behavesAsAMapUnderRandomUse() {
        TaskMap map = new TaskMap();
        Map<Long, Task> model = new HashMap<>();
        Random random = new Random(3);
        for (int round = 0; round < 200_000; round++) {
            // A small range, so that chains collide, grow and shrink.
            long tid = random.nextInt(round < 100_000 ? 5000 : 300);
            Task known = model.get(tid);
            if (random.nextInt(3) == 0 && known != null) {
                assertThat(map.remove(known)).isTrue();
                model.remove(tid);
            } else {
                Task task = new Task(tid, tid);
                map.put(task);
                model.put(tid, task);
            }
        }
        assertThat(map.size()).isEqualTo(model.size());
        model.forEach((tid, task) -> assertThat(map.get(tid)).isSameAs(task));
        int[] walked = new int[1];
        map.forEach(task -> walked[0] += model.get(task.tid()) == task ? 1 : 0);
        assertThat(walked[0]).isEqualTo(model.size());
    }

    @Test
    void onlyTheVeryTaskIsRemoved() {
        TaskMap map = new TaskMap();
        Task first = new Task(5, 5);
        Task second = new Task(5, 5);
        map.put(first);
        map.put(second);
        assertThat(map.remove(first)).isFalse();
        assertThat(map.get(5)).isSameAs(second);
    }

    @Test
    void shrinksAgainAfterACrowd() {
        TaskMap map = new TaskMap();
        Task[] tasks = new Task[50_000];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = new Task(i, i);
            map.put(tasks[i]);
        }
        int crowded = map.capacity();
        for (Task task : tasks) {
            map.remove(task);
        }
        assertThat(map.size()).isZero();
        assertThat(map.capacity()).isLessThan(crowded / 16);
    }
}
