// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.NeedsRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What the machine lacks is said in one clear sentence, with exit code 3. What is missing is hidden
 * in a mount namespace of our own: the machine keeps it.
 */
@NeedsRoot
class RequirementsScenario {
    private static final int ENVIRONMENT = 3;
    private static final String AS_NOBODY =
            "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all ";

    /** A whiteout above the libraries: for this shell and its children the file is not there. */
    private static final String WITHOUT_LIBBPF =
            """
            for l in /usr/lib/*/libbpf.so.1; do
              d=$(dirname $l); t=$(mktemp -d); mount -t tmpfs none $t; mkdir $t/upper $t/work
              mknod $t/upper/libbpf.so.1 c 0 0
              mount -t overlay overlay -o lowerdir=$d,upperdir=$t/upper,workdir=$t/work $d
              umount -l $t; rmdir $t
            done
            """;

    @Test
    void withoutRoot() {
        assertThat(complaint("", AS_NOBODY, true)).contains("root");
    }

    @Test
    void withoutTheKernelsTypes() {
        assertThat(complaint("mount -t tmpfs none /sys/kernel/btf", "", true))
                .contains("/sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF");
    }

    @Test
    void withoutLibbpfWhereWeMayNotInstallIt() {
        assertThat(complaint(WITHOUT_LIBBPF, AS_NOBODY, true)).contains("libbpf1");
    }

    @Test
    void withAnUnusableLibbpf() {
        String broken = "for l in /usr/lib/*/libbpf.so.1; do mount --bind /dev/null $l; done";
        assertThat(complaint(broken, "", true)).contains("libbpf");
    }

    @Test
    void withoutAJdk() {
        assertThat(complaint("mount -t tmpfs none /usr/lib/jvm", "", false))
                .contains("JDK 25", "JAVA_HOME");
    }

    /** The one line of stderr after some preparation in a mount namespace. */
    private static String complaint(String preparation, String prefix, boolean javaHome) {
        String agent =
                AgentProcess.command("agent", "--json").stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        List<String> words = new ArrayList<>(List.of("env", "-u", "JAVA_HOME"));
        if (javaHome) {
            words.add("JAVA_HOME=" + System.getProperty("java.home"));
        }
        words.addAll(List.of("unshare", "-m", "/bin/sh", "-e", "-c"));
        words.add(preparation + "\nexec " + prefix + agent);
        Command.Result result = Command.of(words).with("TORIMONO_NO_BUILD", "1").run();
        assertThat(result.exit()).as(result.err()).isEqualTo(ENVIRONMENT);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().strip().lines()).as(result.err()).hasSize(1);
        return result.err();
    }
}
