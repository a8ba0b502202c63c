// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.tree;

/**
 * How a collection is written.
 *
 * @param kind which syntax
 * @param templated whether {@code ${…}} in its strings is evaluated by Terraform
 * @param escaped whether it stands inside a quoted string
 */
public record Form(Kind kind, boolean templated, boolean escaped) {
    public static final Form JSON = new Form(Kind.FLOW, false, false);
    public static final Form BLOCK = new Form(Kind.BLOCK, false, false);
    public static final Form HCL = new Form(Kind.HCL, true, false);
    public static final Form BODY = new Form(Kind.BODY, true, false);

    /** JSON and what YAML has of it; YAML's lines; HCL's expressions; the body of an HCL block. */
    public enum Kind {
        FLOW,
        BLOCK,
        HCL,
        BODY
    }
}
