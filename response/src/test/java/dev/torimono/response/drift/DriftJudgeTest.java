// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.drift.DriftJudgement.Reason;
import dev.torimono.response.drift.Execution.Manner;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftJudgeTest {
    private static PathSet paths(String... items) {
        return PathSet.of(List.of(items));
    }

    private static DriftRule rule(boolean binaries, boolean volumes) {
        return new DriftRule(
                binaries,
                volumes,
                true,
                false,
                paths("/opt/tool", "/opt/both", "/srv/plugins/"),
                paths("/usr/bin/nc", "/opt/both"),
                paths("/usr/bin/apt", "/usr/bin/mixed"),
                paths("/usr/bin/dpkg"),
                paths("/usr/bin/curl", "/usr/bin/mixed"));
    }

    /** The precedence: prohibited binary, prohibited parent, exception, allowed parent, drift. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /usr/bin/ls,     IMAGE,     EXEC,    /bin/bash,      FROM_IMAGE
                    /usr/bin/ls,     IMAGE,     EXEC,    /usr/bin/curl,  FROM_IMAGE
                    /x,              ADDED,     EXEC,    /bin/bash,      ADDED
                    /x,              MODIFIED,  EXEC,    /bin/bash,      MODIFIED
                    /x,              TOUCHED,   EXEC,    /bin/bash,      TOUCHED
                    /x,              MEMORY_FS, EXEC,    /bin/bash,      MEMORY_FS
                    memfd:x,         MEMFD,     EXEC,    /bin/bash,      MEMFD
                    /x,              DELETED,   EXEC,    /bin/bash,      DELETED
                    /x,              ADDED,     LOADER,  /bin/bash,      ADDED
                    /x.sh,           ADDED,     SCRIPT,  /bin/bash,      ADDED
                    /x.so,           ADDED,     LIBRARY, /bin/bash,      NOT_JUDGED
                    /x,              UNKNOWN,   EXEC,    /bin/bash,      NOT_JUDGED
                    /data/x,         VOLUME,    EXEC,    /bin/bash,      NOT_JUDGED
                    /data/x,         VOLUME,    EXEC,    /usr/bin/curl,  PROHIBITED_PARENT
                    /usr/bin/nc,     IMAGE,     EXEC,    /bin/bash,      PROHIBITED_BINARY
                    /usr/bin/nc,     ADDED,     EXEC,    /usr/bin/apt,   PROHIBITED_BINARY
                    /opt/both,       ADDED,     EXEC,    /bin/bash,      PROHIBITED_BINARY
                    /opt/tool,       ADDED,     EXEC,    /bin/bash,      EXCEPTION
                    /opt/tool,       ADDED,     EXEC,    /usr/bin/curl,  PROHIBITED_PARENT
                    /opt/tool2,      ADDED,     EXEC,    /bin/bash,      ADDED
                    /srv/plugins/a/b,ADDED,     EXEC,    /bin/bash,      EXCEPTION
                    /srv/pluginsx,   ADDED,     EXEC,    /bin/bash,      ADDED
                    /x,              ADDED,     EXEC,    /usr/bin/apt,   ALLOWED_PARENT
                    /x,              ADDED,     EXEC,    /usr/bin/mixed, PROHIBITED_PARENT
                    """)
    void firstThatAppliesDecides(
            String path, Origin origin, Manner manner, String launcher, Reason reason) {
        DriftJudge judge = new DriftJudge(rule(true, false));

        assertThat(judge.judge(new Execution(path, origin, manner, launcher)).reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    true,  /data/x,   VOLUME, /bin/bash,     VOLUME
                    true,  /opt/tool, VOLUME, /bin/bash,     EXCEPTION
                    true,  /data/x,   VOLUME, /usr/bin/apt,  ALLOWED_PARENT
                    false, /data/x,   VOLUME, /bin/bash,     NOT_JUDGED
                    """)
    void volumesAreJudgedWhenAsked(
            boolean volumes, String path, Origin origin, String launcher, Reason reason) {
        DriftJudge judge = new DriftJudge(rule(true, volumes));

        assertThat(judge.judge(new Execution(path, origin, Manner.EXEC, launcher)).reason())
                .isEqualTo(reason);
    }

    @Test
    void prohibitionsHoldEvenWhenDriftedBinariesAreNotJudged() {
        DriftJudge judge = new DriftJudge(rule(false, false));

        assertThat(judge.judge(new Execution("/x", Origin.ADDED, Manner.EXEC, "/bin/sh")).drift())
                .isFalse();
        assertThat(
                        judge.judge(
                                        new Execution(
                                                "/usr/bin/nc",
                                                Origin.IMAGE,
                                                Manner.EXEC,
                                                "/bin/sh"))
                                .drift())
                .isTrue();
        assertThat(
                        judge.judge(new Execution("/x", Origin.ADDED, Manner.EXEC, "/usr/bin/curl"))
                                .reason())
                .isEqualTo(Reason.PROHIBITED_PARENT);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /x,          /usr/bin/dpkg, '',                              ALLOWED_ANCESTOR
                    /x,          /bin/sh,       '/bin/sh /usr/bin/dpkg /bin/sh', ALLOWED_ANCESTOR
                    /x,          /bin/sh,       /usr/bin/apt,                    ADDED
                    /opt/tool,   /bin/sh,       /usr/bin/dpkg,                   EXCEPTION
                    /usr/bin/nc, /bin/sh,       /usr/bin/dpkg,                   PROHIBITED_BINARY
                    /x,          /usr/bin/curl, /usr/bin/dpkg,                   PROHIBITED_PARENT
                    """)
    void allowedAncestorCoversAllThatWasStartedBelowIt(
            String path, String launcher, String ancestors, Reason reason) {
        DriftJudge judge = new DriftJudge(rule(true, false));
        List<String> above = ancestors.isEmpty() ? List.of() : List.of(ancestors.split(" "));

        assertThat(
                        judge.judge(
                                        new Execution(
                                                path,
                                                Origin.ADDED,
                                                Manner.EXEC,
                                                launcher,
                                                "",
                                                above))
                                .reason())
                .isEqualTo(reason);
    }

    @Test
    void regularExpressionsMatchWholePaths() {
        PathSet set = PathSet.ofPatterns(List.of("/opt/[a-z]+", "/tmp/jna-.*"));

        assertThat(set.contains("/opt/tool")).isTrue();
        assertThat(set.contains("/opt/tool/x")).isFalse();
        assertThat(set.contains("/tmp/jna-1/libx.so")).isTrue();
        assertThat(set.contains("/x/opt/tool")).isFalse();
    }

    @Test
    void blockedCallerReadsWhatWasBlocked() {
        DriftJudge judge = new DriftJudge(DriftRule.DEFAULT);

        DriftJudgement judgement =
                judge.judge(
                        new Execution(
                                "/event-generator",
                                Origin.ADDED,
                                Manner.EXEC,
                                "/usr/bin/bash",
                                "/usr/bin/tar",
                                List.of()));

        assertThat(judgement.blockedNotice())
                .isEqualTo(
                        "Torimono Drift Control: execution of drifted binary '/event-generator' by"
                                + " process '/usr/bin/bash' was blocked");
        assertThat(judgement.message())
                .isEqualTo(
                        "Drifted binary executed | file=/event-generator reason=added"
                                + " process=/usr/bin/bash writer=/usr/bin/tar");
    }

    @Test
    void pathCannotSteerTheTerminal() {
        DriftJudge judge = new DriftJudge(DriftRule.DEFAULT);

        String notice =
                judge.judge(
                                new Execution(
                                        "/tmp/\u001b[2Jx\n\u202Ey",
                                        Origin.ADDED,
                                        Manner.EXEC,
                                        "/bin/sh"))
                        .blockedNotice();

        assertThat(notice).contains("'/tmp/?[2Jx??y'");
    }
}
