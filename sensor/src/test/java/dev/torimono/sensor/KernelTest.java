// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that loads programs into this kernel. Skips, saying why, only when this process may not:
 * on a kernel that refuses a permitted load it fails.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KernelTest.Condition.class)
public @interface KernelTest {
    /** Permission to load programs. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            long mask = HostFiles.REAL.capabilities();
            if (Capability.CAP_SYS_ADMIN.in(mask)) {
                return ConditionEvaluationResult.enabled("CAP_SYS_ADMIN is there");
            }
            for (Capability needed :
                    new Capability[] {Capability.CAP_BPF, Capability.CAP_PERFMON}) {
                if (!needed.in(mask)) {
                    return ConditionEvaluationResult.disabled("not root: " + needed + " lacks");
                }
            }
            return ConditionEvaluationResult.enabled("CAP_BPF and CAP_PERFMON are there");
        }
    }
}
