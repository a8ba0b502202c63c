// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Ruleset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTestFileTest {
    private static Ruleset rules(String content) {
        LoadResult result =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(new RuleFile("rules.yaml", content)));
        assertThat(result.report().text()).contains("0 errors");
        return result.ruleset();
    }

    private static Ruleset rule(String condition, String output) {
        return rules(
                "- rule: r\n  desc: d\n  condition: >\n    "
                        + condition
                        + "\n  output: "
                        + output
                        + "\n  priority: INFO\n");
    }

    private static List<String> run(Ruleset ruleset, String test) {
        return RuleTestFile.read(new RuleFile("test.yaml", test)).run(ruleset).stream()
                .flatMap(result -> result.differences().stream())
                .toList();
    }

    @Test
    void anOpenIsOfTheFileItNames() {
        Ruleset ruleset =
                rule(
                        "evt.type = openat and evt.is_open_write = true and fd.num >= 0"
                                + " and fd.name startswith /etc and container.name = web"
                                + " and proc.aname[2] = shim",
                        "o %fd.name %proc.pname %container.image.repository %user.name");
        assertThat(
                        run(
                                ruleset,
                                """
                                - test: written
                                  process: {name: cp, uid: 33, user: www, parent: {name: sh, parent: {name: shim}}}
                                  container: {name: web, image: "reg:5000/nginx:1.27"}
                                  events:
                                    - evt.type: openat
                                      params: {name: /etc/passwd, flags: O_WRONLY|O_CREAT}
                                    - evt.type: openat
                                      params: {name: /etc/passwd, flags: O_RDONLY}
                                    - evt.type: openat
                                      params: {name: /etc/passwd, flags: O_WRONLY, fd: ENOENT}
                                  findings:
                                    - rule: r
                                      output: o /etc/passwd sh reg:5000/nginx www
                                      fields: {proc.pname: sh}
                                """))
                .isEmpty();
    }

    @Test
    void anExecTellsEverythingOfItsProcess() {
        Ruleset ruleset =
                rule(
                        "evt.type = execve and proc.is_exe_upper_layer = true and proc.args contains -x"
                                + " and evt.arg.flags contains EXE_UPPER_LAYER",
                        "o %proc.cmdline %proc.exepath");
        assertThat(
                        run(
                                ruleset,
                                """
                                - test: dropped
                                  process: {exepath: /tmp/evil, args: [-x, y], is_exe_upper_layer: true}
                                  container: {}
                                  events: [{evt.type: execve}]
                                  findings: [{rule: r, output: ["evil -x y", /tmp/evil]}]
                                """))
                .isEmpty();
    }

    @Test
    void connectionsHaveTwoEnds() {
        Ruleset ruleset =
                rule(
                        "evt.type = connect and fd.sip = \"192.0.2.1\" and fd.sport = 443"
                                + " and fd.cip in (\"10.0.0.2\") and fd.l4proto = tcp",
                        "o %fd.name");
        assertThat(
                        run(
                                ruleset,
                                """
                                - test: out
                                  process: {name: curl}
                                  events:
                                    - evt.type: connect
                                      params: {addr: "192.0.2.1:443", tuple: "10.0.0.2:4000->192.0.2.1:443"}
                                      fd: {type: ipv4, client: "10.0.0.2:4000", server: "192.0.2.1:443"}
                                  findings:
                                    - {rule: r, output: "10.0.0.2:4000->192.0.2.1:443"}
                                """))
                .isEmpty();
    }

    @Test
    void callsWithoutATypeOfTheirOwnAreKnownByName() {
        Ruleset ruleset = rule("evt.type = madvise", "o %evt.type");
        assertThat(
                        run(
                                ruleset,
                                """
                                - test: t
                                  process: {name: x}
                                  events: [{evt.type: madvise}]
                                  findings: [{rule: r, output: o madvise}]
                                """))
                .isEmpty();
    }

    @Test
    void whatDiffersIsSaid() {
        Ruleset ruleset = rule("evt.type = open", "o %proc.name");
        String test =
                "- test: t\n  process: {name: cat}\n  events: [{evt.type: open}]\n  findings: ";
        assertThat(run(ruleset, test + "[]\n")).containsExactly("expected findings [] but got [r]");
        assertThat(run(ruleset, test + "[{rule: r, output: dog, fields: {proc.name: dog}}]\n"))
                .containsExactly(
                        "r: output lacks 'dog': o cat", "r: proc.name is 'cat', not 'dog'");
        assertThat(run(ruleset, test + "[r]\n  rules: [gone]\n"))
                .containsExactly("no rule \"gone\" is loaded");
    }

    @Test
    void disabledRulesTakePartWhenNamed() {
        Ruleset ruleset =
                rules(
                        """
                        - rule: r
                          desc: d
                          condition: evt.type = open
                          output: o
                          priority: INFO
                          enabled: false
                        """);
        String test = "- test: t\n  process: {}\n  events: [{evt.type: open}]\n  findings: ";
        assertThat(run(ruleset, test + "[]\n")).isEmpty();
        assertThat(run(ruleset, test + "[r]\n  rules: [r]\n")).isEmpty();
    }

    @Test
    void mistakesInTestsHaveAPlace() {
        assertMistake("- test: t\n  event: []\n", "2:3: a test has no key 'event'; did you mean");
        assertMistake(
                "- test: t\n  findings: []\n  events: [{evt.type: opnat}]\n",
                "3:23: unknown event type 'opnat'; did you mean 'openat'?");
        assertMistake("- test: t\n  events: []\n", "1:3: a test needs 'findings'");
        assertMistake("- test: 't\n  x", "test.yaml:");
    }

    private static void assertMistake(String content, String message) {
        assertThatExceptionOfType(RuleException.class)
                .isThrownBy(() -> RuleTestFile.read(new RuleFile("test.yaml", content)))
                .withMessageContaining(message);
    }
}
