// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NecessaryConditionTest {
    private static final EventType OPENAT = EventType.symbol("SYSCALL_OPENAT_2_X");
    private static final EventType EXECVE = EventType.symbol("SYSCALL_EXECVE_19_X");

    private static List<Interest> of(String... conditions) {
        return NecessaryCondition.of(
                java.util.Arrays.stream(conditions).map(ConditionParser::parse).toList());
    }

    private static Interest only(List<Interest> interests) {
        assertThat(interests).hasSize(1);
        return interests.getFirst();
    }

    @Test
    void aWriteOfAKnownNameIsAllTheKernelNeedsToSend() {
        Interest interest =
                only(
                        of(
                                "evt.type in (open, openat) and evt.is_open_write=true and"
                                        + " fd.typechar='f' and fd.num>=0 and fd.filename in (kinsing,"
                                        + " xmrig) and not proc.name = x"));
        assertThat(interest.concerns(OPENAT)).isTrue();
        assertThat(interest.concerns(EXECVE)).isFalse();
        assertThat(interest.modes()).isEqualTo(Interest.OPEN_WRITE | Interest.OPEN_READ_WRITE);
        assertThat(interest.outcomes()).isEqualTo(Interest.SUCCEEDED);
        assertThat(interest.kinds())
                .isEqualTo(1 << FdKind.FILE.code() | 1 << FdKind.FILE_V2.code());
        assertThat(interest.paths()).isNotNull();
        assertThat(interest.paths().names()).isEqualTo(Set.of("kinsing", "xmrig"));
    }

    @Test
    void whatTheKernelCannotSeeCountsAsTrueAlsoNegated() {
        Interest interest = only(of("evt.type = openat and not fd.name startswith /etc"));
        assertThat(interest.paths()).isNull();
        assertThat(only(of("evt.type = openat and not proc.name = cat")).modes())
                .isEqualTo(Interest.ANY_MODE);
    }

    @Test
    void whatAnOpenMakesIsAFile() {
        int files = 1 << FdKind.FILE.code() | 1 << FdKind.FILE_V2.code();
        String openat = "evt.type = openat and ";
        assertThat(only(of(openat + "evt.is_open_create = true")).kinds()).isEqualTo(files);
        assertThat(only(of(openat + "not evt.is_open_create = false")).kinds()).isEqualTo(files);
        assertThat(only(of(openat + "evt.is_open_create = false and fd.num >= 0")).kinds())
                .isEqualTo(Interest.ANY_KIND);
        assertThat(
                        only(of("evt.type = unlink and evt.is_open_create = true and fd.name = /x"))
                                .kinds())
                .isEqualTo(Interest.ANY_KIND);
    }

    @Test
    void whoNamesTheResultOfAnExecWantsOneOutcome() {
        String exec = "evt.type in (execve, execveat) and ";
        assertThat(only(of(exec + "evt.rawres >= 0")).outcomes()).isEqualTo(Interest.SUCCEEDED);
        assertThat(only(of(exec + "evt.failed = true")).outcomes()).isEqualTo(Interest.FAILED);
        assertThat(only(of(exec + "not evt.rawres >= 0")).outcomes())
                .isEqualTo(Interest.ANY_OUTCOME);
        assertThat(only(of(exec + "evt.rawres >= 1")).outcomes()).isEqualTo(Interest.ANY_OUTCOME);
        assertThat(only(of("evt.type = unlink and evt.rawres >= 0")).outcomes())
                .isEqualTo(Interest.ANY_OUTCOME);
    }

    @Test
    void negationIsPushedToTheLeaves() {
        Interest interest =
                only(
                        of(
                                "evt.type = openat and not (evt.is_open_write = true or container.id = host)"));
        assertThat(interest.modes() & Interest.OPENED)
                .isEqualTo(Interest.OPEN_OTHER | Interest.OPEN_READ);
        assertThat(interest.places()).isEqualTo(Interest.IN_CONTAINER);
    }

    @Test
    void pathsOfRulesThatDifferInNothingElseAreUnited() {
        Interest interest =
                only(
                        of(
                                "evt.type = openat and fd.name = /etc/shadow",
                                "evt.type = openat and fd.name startswith /root/.ssh",
                                "evt.type = openat and fd.name pmatch (/dev/, /boot/*x)"));
        assertThat(interest.paths()).isNotNull();
        assertThat(interest.paths().exact()).containsExactly("/etc/shadow");
        assertThat(interest.paths().prefixes())
                .containsExactlyInAnyOrder("/root/.ssh", "/dev", "/boot/");
    }

    @Test
    void partsOfPathsAreLookedForWhenTheyAreLongEnough() {
        Interest interest =
                only(
                        of(
                                "evt.type = openat and fd.name contains id_rsa",
                                "evt.type = openat and fd.name endswith release_agent"));
        assertThat(interest.paths()).isNotNull();
        assertThat(interest.paths().fragments())
                .containsExactlyInAnyOrder("id_rsa", "release_agent");
        assertThat(only(of("evt.type = openat and fd.name contains /.")).paths()).isNull();
    }

    @Test
    void theDirectoryOfAnOpenDirectoryIsItself() {
        Interest interest = only(of("evt.type = openat and fd.directory = /etc/cron.d"));
        assertThat(interest.paths()).isNotNull();
        assertThat(interest.paths().directories()).containsExactly("/etc/cron.d");
        assertThat(interest.paths().exact()).containsExactly("/etc/cron.d");
    }

    @Test
    void aRuleWithoutBoundsWantsItsTypesWhole() {
        Interest interest =
                only(
                        of(
                                "evt.type = openat and fd.name = /etc/shadow",
                                "evt.type = openat and proc.name = x"));
        assertThat(interest.paths()).isNull();
    }

    @Test
    void aContradictionWantsNothing() {
        assertThat(of("evt.type = openat and evt.type = execve")).isEmpty();
    }

    @Test
    void manyWaysStayWithinAWord() {
        StringBuilder condition = new StringBuilder("evt.num = 1");
        for (EventType type : EventType.all().subList(0, 300)) {
            if (!type.has(EventType.Trait.UNUSED)) {
                condition
                        .append(" or (evt.type = ")
                        .append(type.name())
                        .append(" and fd.name = /x")
                        .append(type.code())
                        .append(')');
            }
        }
        assertThat(of(condition.toString())).hasSizeLessThanOrEqualTo(Regions.LIMIT).isNotEmpty();
        assertThat(of(condition.substring("evt.num = 1 or ".length())))
                .hasSizeLessThanOrEqualTo(Regions.LIMIT)
                .isNotEmpty();
    }
}
